package org.anabranch.gradient;

/**
 * Where states are best kept when few can be (Griewank and Walther, Algorithm 799: revolve, ACM
 * TOMS 26, 2000): with c states kept at a time, r repetitions of any step reach C(c + r, c) steps,
 * and no schedule takes fewer steps again.
 */
final class BinomialSchedule {
  private BinomialSchedule() {}

  /**
   * How far to go from a kept state before the next one is kept.
   *
   * @param steps to be undone from the kept state on, at least 2
   * @param states that may be kept, the one that the steps start from among them
   * @return steps to take, from 1 to {@code steps − 1}
   */
  static int advance(int steps, int states) {
    if (states <= 1) {
      return steps - 1;
    }
    int repetitions = 1;
    while (reach(states, repetitions) < steps) {
      repetitions++;
    }
    long behind = reach(states, repetitions - 1);
    long ahead = reach(states - 1, repetitions - 1);
    return (int) Math.max(1, Math.min(behind, steps - ahead));
  }

  /** C(states + repetitions, states), or a number beyond any solve. */
  static long reach(int states, int repetitions) {
    long reach = 1;
    for (int i = 1; i <= Math.min(states, repetitions); i++) {
      reach = reach * (states + repetitions + 1 - i) / i;
      if (reach > Integer.MAX_VALUE) {
        return Integer.MAX_VALUE + 1L;
      }
    }
    return reach;
  }
}
