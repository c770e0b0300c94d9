let context: AudioContext | null = null;

const NOTES_HZ = [660, 880] as const;
const NOTE_S = 0.14;
const LOUDNESS = 0.12;

/** Two short soft notes. Silent where the browser allows no sound before the first tap. */
export function playTone(): void {
  try {
    context ??= new AudioContext();
    const audio = context;
    if (audio.state === 'suspended') void audio.resume();
    NOTES_HZ.forEach((hertz, index) => {
      const at = audio.currentTime + index * NOTE_S;
      const oscillator = audio.createOscillator();
      const gain = audio.createGain();
      oscillator.frequency.value = hertz;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
      gain.gain.linearRampToValueAtTime(0, at + NOTE_S);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(at);
      oscillator.stop(at + NOTE_S);
    });
  } catch {
    // No sound on this device: the title and the list tell as well.
  }
}
