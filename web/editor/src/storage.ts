// Web storage that may be full, denied by the browser's settings, or absent.
// What cannot be kept is then simply not kept. The storage is passed as a
// function, because a denied one throws as soon as it is named.

type Source = () => Storage;

/** Returns what is kept under the key, or null. */
export function read(storage: Source, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}

export function write(storage: Source, key: string, value: string): void {
  try {
    storage().setItem(key, value);
  } catch {
    // The contract above: not kept.
  }
}

export function remove(storage: Source, key: string): void {
  try {
    storage().removeItem(key);
  } catch {
    // Nothing can have been kept.
  }
}

/** Removes what is kept under keys that begin with the prefix. */
export function removeAll(storage: Source, prefix: string): void {
  try {
    const kept = storage();
    for (let i = kept.length - 1; i >= 0; i--) {
      const key = kept.key(i);
      if (key?.startsWith(prefix)) kept.removeItem(key);
    }
  } catch {
    // Nothing can have been kept.
  }
}
