package org.anabranch.spark.job;

/**
 * A line of {@code doctor}.
 *
 * @param found what there is
 * @param meaning what follows from it, a sentence
 * @param remedy what to do, a sentence; empty if nothing
 */
record Finding(Verdict verdict, String found, String meaning, String remedy) {
  /** Ordered from harmless to not. */
  enum Verdict {
    FINE("ok"),
    SLOW("slow"),
    BLOCKS("STOP");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Finding fine(String found, String meaning) {
    return new Finding(Verdict.FINE, found, meaning, "");
  }

  /** Nothing is wrong, though there is something to gain. */
  static Finding fine(String found, String meaning, String remedy) {
    return new Finding(Verdict.FINE, found, meaning, remedy);
  }

  static Finding slow(String found, String meaning, String remedy) {
    return new Finding(Verdict.SLOW, found, meaning, remedy);
  }

  static Finding blocks(String found, String meaning, String remedy) {
    return new Finding(Verdict.BLOCKS, found, meaning, remedy);
  }
}
