import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** What the machine must have to take away a disk's power; null: it has it. */
export function lackForDisks(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'Linux and root are needed';
  for (const tool of ['losetup', 'mkfs.ext4', 'fsfreeze', 'mount']) {
    try {
      execFileSync('which', [tool], { stdio: 'ignore' });
    } catch {
      return `${tool} is needed`;
    }
  }
  return null;
}

const run = (tool: string, ...args: string[]): void =>
  void execFileSync(tool, args, { stdio: ['ignore', 'ignore', 'pipe'] });

const innerBytes = 700 * 2 ** 20;
const outerBytes = innerBytes + 200 * 2 ** 20;

/**
 * A disk of which one can have what it holds at any moment, as if the power went then: a file system in a file of another file system,
 * each on a loop device. What programs have written and nobody has flushed is in the memory of the kernel, and not in that file; freezing
 * the outer file system for the moment of the copy makes it one moment's. What the file system has handed to the device counts as
 * kept: a device that loses its own cache is not modelled.
 */
export class Disk {
  /** Where it is mounted. */
  readonly folder: string;
  readonly #base: string;
  readonly #mounted: string[] = [];

  private constructor(base: string) {
    this.#base = base;
    this.folder = join(base, 'disk');
  }

  static make(base: string): Disk {
    mkdirSync(base, { recursive: true });
    chmodSync(base, 0o711);
    const disk = new Disk(base);
    try {
      const outer = join(base, 'outer');
      disk.#format(join(base, 'outer.img'), outerBytes, outer);
      disk.#format(join(outer, 'inner.img'), innerBytes, disk.folder);
    } catch (error) {
      disk.remove();
      throw error;
    }
    return disk;
  }

  /** The power goes: mounts what the disk holds at this moment. The disk itself goes on. @returns where */
  cut(): string {
    const outer = join(this.#base, 'outer');
    const copy = join(this.#base, 'copy.img');
    run('fsfreeze', '-f', outer);
    try {
      run('cp', '--sparse=always', join(outer, 'inner.img'), copy);
    } finally {
      run('fsfreeze', '-u', outer);
    }
    return this.#mount(copy, join(this.#base, 'copy'));
  }

  /** Of the copy that was made last. */
  removeCopy(): void {
    this.#unmount();
    rmSync(join(this.#base, 'copy.img'));
  }

  remove(): void {
    while (this.#mounted.length > 0) this.#unmount();
    rmSync(this.#base, { recursive: true, force: true });
  }

  /** What was mounted last; at once where nobody uses it, else as soon as the last who does has gone. */
  #unmount(): void {
    const folder = this.#mounted.pop()!;
    try {
      run('umount', folder);
    } catch {
      run('umount', '--lazy', folder);
    }
  }

  #format(image: string, bytes: number, folder: string): void {
    closeSync(openSync(image, 'w'));
    truncateSync(image, bytes);
    run('mkfs.ext4', '-q', '-F', image);
    this.#mount(image, folder);
  }

  #mount(image: string, folder: string): string {
    mkdirSync(folder, { recursive: true });
    run('mount', '-o', 'loop', image, folder);
    this.#mounted.push(folder);
    chmodSync(folder, 0o711);
    return folder;
  }
}
