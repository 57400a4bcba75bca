/** The moments at which a browser knows more about its network than its sockets do. */

/** Calls `wake` when the network came back or changed, or the page is looked at again. Answers how to stop. */
export function watchNetwork(wake: () => void): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') wake();
  };
  // The Network Information API is not in every browser, nor in TypeScript's library.
  const { connection } = navigator as Navigator & { connection?: EventTarget };
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', onVisible);
  connection?.addEventListener('change', wake);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', onVisible);
    connection?.removeEventListener('change', wake);
  };
}
