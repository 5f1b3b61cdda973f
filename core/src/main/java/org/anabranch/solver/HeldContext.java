package org.anabranch.solver;

import java.util.Map;
import org.anabranch.backend.Buffer;
import org.anabranch.graph.Type;

/**
 * Context that changes along a solve, such as what an encoder says of the data from a time on. A
 * step reads the value at its start, wherever it evaluates the field; a method that goes by points
 * of time reads that at each point. Its cotangents are added up on the way back.
 */
public interface HeldContext {
  /** The inputs that it supplies, by name: values of each sample. */
  Map<String, Type> inputs();

  /**
   * Sets buffers to the values of some samples, a slot each.
   *
   * @param samples their rows in the tile that is solved
   * @param times of each
   * @param target a buffer for each input
   */
  void supply(int[] samples, double[] times, Map<String, Buffer> target);

  /** Before the way back: all cotangents are zero. */
  void startBack();

  /**
   * Sets rows of buffers to what the values of some samples have got of cotangents so far.
   *
   * @param samples their rows in the tile that is solved, and in the buffers
   * @param count how many of them
   * @param times of each
   * @param cotangents a buffer for each input
   */
  void fetch(int[] samples, int count, double[] times, Map<String, Buffer> cotangents);

  /** Takes back what {@link #fetch} gave, with the samples' own added to it. */
  void keep(int[] samples, int count, double[] times, Map<String, Buffer> cotangents);
}
