package org.anabranch.backend;

import org.anabranch.graph.Type;

/** A value of every sample of a tile, or one for all of them. */
public interface Buffer {
  Type type();

  /** The number of samples; 1 for a shared value. */
  int rows();

  /** Sets all numbers, sample by sample. */
  void set(double[] values);

  /** Sets all numbers, sample by sample. */
  void set(float[] values);

  /** Sets every number to the same. */
  void fill(double value);

  /** Writes all numbers to {@code target}, sample by sample. */
  void get(double[] target);

  /** Takes the numbers of another buffer of the same type, rows and backend. Allocates nothing. */
  void copyFrom(Buffer other);

  /**
   * Takes the numbers of one sample of another buffer of the same type and backend, whatever its
   * rows. Allocates nothing.
   */
  void copyRow(int row, Buffer other, int otherRow);

  /**
   * As {@link #copyRow}, of a value for each sample; of a shared value takes the one that it is.
   */
  default void copySample(int row, Buffer other, int otherRow) {
    if (type().isPerSample()) {
      copyRow(row, other, otherRow);
    } else {
      copyFrom(other);
    }
  }

  /** Sets the numbers of one sample from {@code source}, where they start at an offset. */
  void setRow(int row, double[] source, int offset);

  /** Writes the numbers of one sample to {@code target} from an offset on. */
  void getRow(int row, double[] target, int offset);

  /** The bytes this buffer reserves. */
  long bytes();

  /** The number of all components together: rows times the shape's size. */
  default int count() {
    return rows() * type().shape().size();
  }
}
