package org.anabranch.backend.simd;

/** Numbers for a kernel to work on: within ±1, none of them special, always the same. */
final class SampleNumbers {
  private SampleNumbers() {}

  static float[] of(int count) {
    float[] numbers = new float[count];
    int bits = 1;
    for (int i = 0; i < count; i++) {
      bits = bits * 1_664_525 + 1_013_904_223; // Numerical Recipes' quick generator
      numbers[i] = bits * 0x1p-31f;
    }
    return numbers;
  }

  /** The same, at a place that begins with a cache line. */
  static Storage.Floats of(int count, Storage storage) {
    Storage.Floats place = storage.floats(count);
    System.arraycopy(of(count), 0, place.array(), place.offset(), count);
    return place;
  }
}
