package org.anabranch.train;

import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A fixed small group of samples: the unit of work, of shuffling and of exactness. Blocks are made
 * once, when data are packed, and never split, so a block's gradient does not depend on where or
 * with which others it is computed. Immutable.
 *
 * <p>Features are sample-major, {@code rows × width}; each row has an id that is unique in the data
 * and one label (the number of its class, or a value to predict). Values that are not finite are
 * allowed: such a sample fails by itself when it is solved.
 */
public final class Block implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final int number;
  private final int capacity;
  private final int width;
  private final long[] ids;
  private final float[] features;
  private final float[] labels;

  private Block(int number, int capacity, int width, long[] ids, float[] features, float[] labels) {
    this.number = number;
    this.capacity = capacity;
    this.width = width;
    this.ids = ids;
    this.features = features;
    this.labels = labels;
  }

  /**
   * A block of copies of the given arrays.
   *
   * @param number the block's place among all blocks of the data, from 0
   * @param capacity the rows of a full block; only the last block of the data has fewer
   * @param width the features of a sample
   * @param ids one a row, distinct; their number is the number of rows
   * @param features {@code rows × width}, row by row
   * @param labels one a row
   * @throws IllegalArgumentException if sizes disagree or an id occurs twice
   */
  public static Block of(
      int number, int capacity, int width, long[] ids, float[] features, float[] labels) {
    if (number < 0 || capacity < 1 || width < 1) {
      throw refused(
          number,
          "capacity is %d and width is %d; the number must not be negative, the others at least 1"
              .formatted(capacity, width));
    }
    if (ids.length < 1 || ids.length > capacity) {
      throw refused(
          number,
          "%d ids were given; a block of capacity %d has 1 to %d"
              .formatted(ids.length, capacity, capacity));
    }
    if (features.length != (long) ids.length * width) {
      throw refused(
          number,
          "%d features were given; %d rows of width %d have %d"
              .formatted(features.length, ids.length, width, (long) ids.length * width));
    }
    if (labels.length != ids.length) {
      throw refused(
          number, "%d labels were given for %d rows".formatted(labels.length, ids.length));
    }
    requireDistinct(number, ids);
    return new Block(number, capacity, width, ids.clone(), features.clone(), labels.clone());
  }

  /** The block's place among all blocks of the data. */
  public int number() {
    return number;
  }

  /** The rows of a full block. */
  public int capacity() {
    return capacity;
  }

  /** The features of a sample. */
  public int width() {
    return width;
  }

  /** The samples in this block, at most {@link #capacity}. */
  public int rows() {
    return ids.length;
  }

  public long id(int row) {
    return ids[row];
  }

  public float feature(int row, int column) {
    if (column < 0 || column >= width) {
      throw new IndexOutOfBoundsException(
          "Block %d: column is %d; the width is %d. Ask for 0 to %d."
              .formatted(number, column, width, width - 1));
    }
    return features[row * width + column];
  }

  public float label(int row) {
    return labels[row];
  }

  /** Writes the features, {@code rows × width} row by row, to the front of the caller's array. */
  public void copyFeatures(float[] target) {
    if (target.length < features.length) {
      throw new IllegalArgumentException(
          "Block %d: the target holds %d features, expected at least %d (%d rows of width %d)."
                  .formatted(number, target.length, features.length, rows(), width)
              + " Make it capacity × width.");
    }
    System.arraycopy(features, 0, target, 0, features.length);
  }

  /**
   * CRC-32C over number, ids, features and labels, little endian and in this order. A block that is
   * recomputed and gives another checksum was made from other data, or in another order.
   */
  public int checksum() {
    ByteBuffer bytes =
        ByteBuffer.allocate(
                Integer.BYTES + Long.BYTES * rows() + Float.BYTES * (features.length + rows()))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(number);
    for (long id : ids) {
      bytes.putLong(id);
    }
    for (float feature : features) {
      bytes.putInt(Float.floatToRawIntBits(feature));
    }
    for (float label : labels) {
      bytes.putInt(Float.floatToRawIntBits(label));
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.flip());
    return (int) crc.getValue();
  }

  @Override
  public String toString() {
    return "Block %d (%d of %d rows, width %d)".formatted(number, rows(), capacity, width);
  }

  /** Puts a block that arrives from elsewhere through the same checks. */
  @Serial
  private Object readResolve() {
    return of(number, capacity, width, ids, features, labels);
  }

  private static void requireDistinct(int number, long[] ids) {
    long[] sorted = ids.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw refused(number, "id %d occurs twice".formatted(sorted[i]));
      }
    }
  }

  private static IllegalArgumentException refused(int number, String fact) {
    return new IllegalArgumentException(
        "Block %d: %s. Check how the data were packed.".formatted(number, fact));
  }
}
