package org.anabranch.backend;

import java.util.Map;
import org.anabranch.graph.Graph;
import org.jspecify.annotations.Nullable;

/**
 * A graph compiled for tiles of a fixed number of samples. Its arena is shared by its executions.
 */
public interface Program {
  Graph graph();

  int rows();

  /** The bytes of its arena. */
  long bytes();

  /**
   * Binds inputs and outputs, so that running looks nothing up and allocates nothing.
   *
   * @param inputs a buffer for each input that the graph reads
   * @param outputs a buffer for each output wanted; others are not stored
   * @param parameters read by the graph's parameters
   * @param accumulators where the graph's accumulations go; may be null if it has none
   * @throws IllegalArgumentException if a buffer is missing or its type or rows differ
   */
  Execution bind(
      Map<String, Buffer> inputs,
      Map<String, Buffer> outputs,
      Parameters parameters,
      @Nullable Accumulators accumulators);

  /** A program bound to its buffers. An output buffer must not be an input buffer. */
  interface Execution {
    void run();
  }
}
