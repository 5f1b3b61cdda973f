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
   * Sets a slot of buffers to a sample's values at a time.
   *
   * @param sample its row in the tile that is solved
   * @param target a buffer for each input
   */
  void supply(int sample, double time, int slot, Map<String, Buffer> target);

  /** Before the way back: all cotangents are zero. */
  void startBack();

  /**
   * Sets a slot of buffers to what a sample's values at a time have got of cotangents so far.
   *
   * @param cotangents a buffer for each input
   */
  void fetch(int sample, double time, int slot, Map<String, Buffer> cotangents);

  /** Takes back what {@link #fetch} gave, with a step's own added to it. */
  void keep(int sample, double time, int slot, Map<String, Buffer> cotangents);
}
