package org.anabranch.train;

import org.anabranch.backend.Buffer;
import org.anabranch.graph.ParameterLayout;

/**
 * A map of samples that is no graph, such as another library's network: vectors in, vectors out,
 * and a product of its own, one only. It stands before the stem or after the solve of a {@link
 * Pipeline}; its parameters are views of the pipeline's vector. Rows must not influence one
 * another, and what it gives must be a function of parameters and input alone. Made once, shared by
 * threads.
 */
public interface OpaqueStage {
  /** Its parameters, in the order that {@link Tile#load} takes them; names are those of views. */
  ParameterLayout layout();

  /** The width of its input. */
  int inputs();

  /** The width of its output. */
  int outputs();

  /** Names its arithmetic: see {@code Backend.numericsId}. */
  String numericsId();

  /** The stage for tiles of so many samples; for one thread at a time. */
  Tile tile(int rows);

  /** A stage with its parameters and what it keeps between forth and back. */
  interface Tile {
    /** Takes its parameters: {@code values[offset…]}. */
    void load(double[] values, int offset);

    /**
     * Computes the outputs of a tile.
     *
     * @param input [rows × inputs]
     * @param output [rows × outputs], written
     */
    void forward(Buffer input, Buffer output);

    /**
     * The product for the numbers of the last {@link #forward}; once after each.
     *
     * @param outputCotangent [rows × outputs]
     * @param inputCotangent [rows × inputs], written
     * @param gradient its parameters' cotangents are added to {@code gradient[offset…]}
     */
    void backward(Buffer outputCotangent, Buffer inputCotangent, double[] gradient, int offset);
  }
}
