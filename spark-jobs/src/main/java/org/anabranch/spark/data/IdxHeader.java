package org.anabranch.spark.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an IDX file begins with.
 *
 * <pre>
 *   2 bytes   0
 *   1 byte    the type of its numbers
 *   1 byte    d, the number of dimensions
 *   4d bytes  the size of each, big endian; the first counts records
 * </pre>
 */
record IdxHeader(IdxNumber number, List<Integer> sizes) implements Serializable {
  /** A record that is wider is taken for damage: it would be a 16 megapixel image. */
  private static final long MOST_VALUES = 1 << 24;

  IdxHeader {
    sizes = List.copyOf(sizes);
  }

  /**
   * Reads a header and leaves the stream behind it.
   *
   * @throws DataProblem if this is no IDX file
   */
  static IdxHeader read(DataInputStream data, String file) throws IOException {
    try {
      int magic = data.readInt();
      IdxNumber number = IdxNumber.of(magic >>> 8 & 0xff);
      int dimensions = magic & 0xff;
      if (magic >>> 16 != 0 || number == null || dimensions == 0) {
        throw noIdx(file, magic);
      }
      List<Integer> sizes = new ArrayList<>();
      for (int i = 0; i < dimensions; i++) {
        sizes.add(data.readInt());
      }
      return new IdxHeader(number, sizes).checked(file);
    } catch (EOFException e) {
      throw new DataProblem(
          "%s: the file ends within its header. Fetch it again.".formatted(file), e);
    }
  }

  int records() {
    return sizes.get(0);
  }

  /** Values of a record. */
  int width() {
    return sizes.stream().skip(1).reduce(1, (a, b) -> a * b);
  }

  /** Of the whole file, unpacked. */
  long fileBytes() {
    return 4L + 4L * sizes.size() + records() * recordBytes();
  }

  long recordBytes() {
    return (long) width() * number.bytes();
  }

  private IdxHeader checked(String file) {
    long width = 1;
    for (int i = 0; i < sizes.size(); i++) {
      int size = sizes.get(i);
      width = i == 0 ? 1 : width * size;
      if (size < 1 || width > MOST_VALUES) {
        throw new DataProblem(
            "%s: its header gives the sizes %s, expected 1 or more each and at most %d values a record. It is damaged: fetch it again."
                .formatted(file, sizes, MOST_VALUES));
      }
    }
    return this;
  }

  private static DataProblem noIdx(String file, int magic) {
    String hint =
        magic >>> 16 == 0x1f8b
            ? "it is gzip data; let its name end in .gz"
            : "check data.path and data.labels";
    return new DataProblem(
        "%s: no IDX file: it begins with the bytes %08x, expected 0000, a type (08 to 0e) and the number of dimensions; %s."
            .formatted(file, magic, hint));
  }
}
