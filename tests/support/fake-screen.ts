/** A screen to share in a browser without one: headless Chromium has no desktop. Runs in the page. */
export function fakeScreenShare(): void {
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const paper = canvas.getContext('2d');
    if (!paper) throw new Error('This browser paints nothing.');
    let count = 0;
    const paint = () => {
      paper.fillStyle = '#ffffff';
      paper.fillRect(0, 0, 1280, 720);
      paper.fillStyle = '#161412';
      paper.font = '48px sans-serif';
      paper.fillText(`Blood count, page ${(count += 1)}`, 80, 120);
    };
    paint();
    setInterval(paint, 100);
    return canvas.captureStream(10);
  };
}
