package org.anabranch.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Neighbouring records of a file of arrays and a file of labels.
 *
 * @param labels null for arrays without labels
 * @param first from 0
 * @param test whether they are for testing only
 */
record IdxPart(IdxFile arrays, @Nullable IdxFile labels, int first, int count, boolean test)
    implements Serializable {
  /** Bytes of a part: enough to be worth a task. */
  private static final long PART_BYTES = 1 << 24;

  /**
   * All parts of a file and its labels; one if either is packed, since that can be read in order
   * only.
   */
  static List<IdxPart> of(IdxFile arrays, @Nullable IdxFile labels, boolean test) {
    int records = arrays.header().records();
    long perPart = Math.max(1, PART_BYTES / arrays.header().recordBytes());
    boolean packed = arrays.packed() || (labels != null && labels.packed());
    int step = packed ? records : (int) Math.min(records, perPart);
    List<IdxPart> parts = new ArrayList<>();
    for (int first = 0; first < records; first += step) {
      parts.add(new IdxPart(arrays, labels, first, Math.min(step, records - first), test));
      if (records - first <= step) {
        break; // or the sum could pass the largest int
      }
    }
    return parts;
  }

  boolean isLast() {
    return first + count == arrays.header().records();
  }
}
