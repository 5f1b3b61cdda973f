package org.anabranch.model.latent;

/**
 * Reads what was observed and sets the context of every time, and back. Bound to its buffers when
 * it is made.
 */
interface Encoder {
  /** From observations to context. */
  void forward();

  /** From the cotangents of the context to the accumulators. */
  void backward();

  /** The bytes that it reserves. */
  long bytes();
}
