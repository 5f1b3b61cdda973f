package org.anabranch.solver;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * What drives an equation beside time: the inputs of its steps that are new for each, such as the
 * increments of a Brownian motion. A pure function of sample and interval, so that steps that are
 * taken again, rejected or undone get what they had.
 *
 * <p>Adaptive steps land where a rejected one ended before they pass that time. A rejection tells
 * of the path up to there; steps that then pass by forget it, and where noise does not commute
 * their paths come out with a bias that no tolerance removes (Gaines and Lyons 1997; Foster and
 * Jelinčič 2023, arXiv:2311.14201).
 */
public interface Drive {
  /** Context that goes with it; null for none. */
  default @Nullable HeldContext held() {
    return null;
  }

  /** The names of all inputs that a solve needs no context for. */
  default Set<String> names() {
    Set<String> names = new LinkedHashSet<>(inputs().keySet());
    HeldContext held = held();
    if (held != null) {
      names.addAll(held.inputs().keySet());
    }
    return names;
  }

  /** The inputs that it supplies, by name: values of each sample. */
  Map<String, Type> inputs();

  /**
   * Supplies the inputs of a step of each of some samples.
   *
   * @param samples their rows in the tile that is solved, a slot of the target each
   * @param from where each one's step starts
   * @param to where it ends; the same where the sample rests
   * @param target a buffer for each input
   */
  void supply(int[] samples, double[] from, double[] to, Map<String, Buffer> target);

  /** Whether the cotangents of its inputs are wanted, by {@link #take}. */
  default boolean takesCotangents() {
    return false;
  }

  /** Before the way back: all cotangents are zero. */
  default void startBack() {}

  /**
   * Takes the cotangents of an input over a step of each of some samples. Of a method that goes by
   * points of time an interval comes twice, for either end.
   *
   * @param samples their rows in the tile that is solved, and in the buffer
   * @param count how many of them
   * @param from where the interval of each starts
   * @param to where it ends
   */
  default void take(
      int[] samples, int count, double[] from, double[] to, String input, Buffer cotangents) {
    throw new UnsupportedOperationException("takes no cotangents");
  }
}
