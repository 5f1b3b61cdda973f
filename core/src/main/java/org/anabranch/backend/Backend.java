package org.anabranch.backend;

import org.anabranch.graph.Graph;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Type;

/**
 * Runs graphs over tiles of samples. What a backend allocates is its own and meets only its own
 * programs. A backend may be shared by threads; what it makes belongs to one thread at a time.
 */
public interface Backend {
  /** What the user writes to choose it. */
  String name();

  /** Names the arithmetic: two backends of one id give the same bits on every machine. */
  String numericsId();

  /** Storage for a value of a tile of {@code rows} samples, zero at first. */
  Buffer buffer(Type type, int rows);

  /** Storage for a parameter vector, zero at first. */
  Parameters parameters(ParameterLayout layout);

  /** Storage for a gradient by the parameters, zero at first. */
  Accumulators accumulators(ParameterLayout layout);

  /** A program for tiles of {@code rows} samples. */
  Program compile(Graph graph, int rows);

  /** The {@link Program#bytes} of a program, without compiling it or reserving anything. */
  long arenaBytes(Graph graph, int rows);
}
