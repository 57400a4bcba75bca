/** A browser that says no, for what a fake device always grants. Runs in the page; `give` in the window takes it away. */
export function denyDevices(refused: { audio?: string; video?: string }): void {
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const name = (wanted?.video ? refused.video : undefined) ?? (wanted?.audio ? refused.audio : undefined);
    if (name) throw new DOMException('As the test wants it.', name);
    return ask(wanted);
  };
  Object.assign(window, {
    give: () => {
      devices.getUserMedia = ask;
    },
  });
}
