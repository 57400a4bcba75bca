/** A painted person as camera, for pictures that people look at. */

export interface Portrait {
  background: string;
  clothes: string;
  skin: string;
  hair: string;
  /** A doctor's coat. */
  isDoctor: boolean;
}

export const portraits: Record<'doctor' | 'patient', Portrait> = {
  doctor: { background: '#dfe9e8', clothes: '#ffffff', skin: '#a9744f', hair: '#2b211c', isDoctor: true },
  patient: { background: '#efe6da', clothes: '#7a4a6d', skin: '#b98560', hair: '#c9c5c0', isDoctor: false },
};

/** Runs in the page before its scripts: the camera's track becomes a canvas on which somebody breathes and looks around. */
export function paintCamera(portrait: Portrait): void {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const paint = (g: CanvasRenderingContext2D, frame: number) => {
    const sway = Math.sin(frame / 18) * 6;
    const oval = (x: number, y: number, width: number, height: number, colour: string) => {
      g.fillStyle = colour;
      g.beginPath();
      g.ellipse(x, y, width, height, 0, 0, Math.PI * 2);
      g.fill();
    };
    g.fillStyle = portrait.background;
    g.fillRect(0, 0, 960, 540);
    g.fillStyle = '#00000010';
    g.fillRect(60, 60, 210, 300);
    oval(480 + sway, 250, 128, 150, portrait.hair);
    oval(480, 560, 260, 170, portrait.clothes);
    oval(480 + sway / 2, 400, 52, 70, portrait.skin);
    oval(480 + sway, 265, 100, 125, portrait.skin);
    oval(480 + sway, 165, 106, 52, portrait.hair);
    for (const side of [-1, 1]) {
      oval(480 + sway + side * 38, 255, 9, frame % 90 < 4 ? 2 : 11, '#2a1d17');
      oval(480 + sway + side * 38, 228, 20, 4, portrait.hair);
    }
    oval(480 + sway, 292, 9, 14, '#00000018');
    g.strokeStyle = '#7c3f36';
    g.lineWidth = 6;
    g.beginPath();
    g.arc(480 + sway, 312, 36, 0.25 * Math.PI, 0.75 * Math.PI);
    g.stroke();
    if (!portrait.isDoctor) return;
    g.strokeStyle = '#35525a';
    g.lineWidth = 9;
    g.beginPath();
    g.arc(480, 430, 70, 0.1 * Math.PI, 0.9 * Math.PI);
    g.stroke();
    oval(480, 500, 15, 15, '#35525a');
  };
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    const camera = stream.getVideoTracks()[0];
    if (!camera) return stream;
    const canvas = Object.assign(document.createElement('canvas'), { width: 960, height: 540 });
    const g = canvas.getContext('2d');
    let frame = 0;
    if (g) setInterval(() => paint(g, (frame += 1)), 50);
    const painted = canvas.captureStream(20).getVideoTracks()[0];
    if (!painted) return stream;
    stream.removeTrack(camera);
    camera.stop();
    stream.addTrack(painted);
    return stream;
  };
}
