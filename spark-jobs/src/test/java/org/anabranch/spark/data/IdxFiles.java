package org.anabranch.spark.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** IDX files for tests, written by the format's description. */
public final class IdxFiles {
  private IdxFiles() {}

  /** A file of unsigned bytes. */
  public static byte[] bytes(byte[] values, int... sizes) {
    return file(
        0x08,
        sizes,
        data -> {
          data.write(values);
        });
  }

  /** A file of any type: its code, sizes and values. */
  public static byte[] file(int code, int[] sizes, Values values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      data.writeByte(0);
      data.writeByte(0);
      data.writeByte(code);
      data.writeByte(sizes.length);
      for (int size : sizes) {
        data.writeInt(size);
      }
      values.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes what follows the header. */
  public interface Values {
    void write(DataOutputStream data) throws IOException;
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
