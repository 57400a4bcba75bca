/** Hands a file to the browser under a name. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file by the next task; before that, revoking would lose it.
  setTimeout(() => URL.revokeObjectURL(url));
}
