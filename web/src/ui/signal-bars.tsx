import styles from './signal-bars.module.css';

interface SignalBarsProps {
  /** How many of three are lit. */
  lit: 0 | 1 | 2 | 3;
  /** The word beside them; colour and height are never the only sign. */
  word: string;
  /** The whole, for who does not see the bars. */
  label: string;
}

export function SignalBars({ lit, word, label }: SignalBarsProps) {
  return (
    <p className={styles['signal']} data-lit={lit}>
      <span className="visually-hidden">{label}</span>
      <span className={styles['bars']} aria-hidden>
        <i />
        <i />
        <i />
      </span>
      <span aria-hidden>{word}</span>
    </p>
  );
}
