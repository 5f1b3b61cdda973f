package org.anabranch.spark.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * An IDX file that was found.
 *
 * @param path as Hadoop writes it
 * @param relative to the root of what was named
 * @param shown as the user would open it
 * @param packed whether a codec reads it, so that one has to begin at its beginning
 */
record IdxFile(
    String path, String relative, String shown, boolean packed, long bytes, IdxHeader header)
    implements Serializable {
  private static final int BUFFER = 1 << 16;

  /**
   * Reads the header.
   *
   * @throws DataProblem if the file cannot be read, is no IDX file or has another length than its
   *     header says
   */
  static IdxFile of(FileStatus file, Root root, Configuration configuration) {
    String path = file.getPath().toString();
    String shown = root.shown(path);
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file.getPath());
    // What a codec throws when its native library is missing is not declared and differs.
    try (InputStream raw = file.getPath().getFileSystem(configuration).open(file.getPath());
        DataInputStream data =
            new DataInputStream(
                new BufferedInputStream(codec == null ? raw : codec.createInputStream(raw)))) {
      IdxHeader header = IdxHeader.read(data, shown);
      if (codec == null && file.getLen() != header.fileBytes()) {
        throw new DataProblem(
            "%s: the file has %d bytes, but with the sizes %s in its header it should have %d. Fetch it again."
                .formatted(shown, file.getLen(), header.sizes(), header.fileBytes()));
      }
      return new IdxFile(path, root.relative(path), shown, codec != null, file.getLen(), header);
    } catch (DataProblem problem) {
      throw problem;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new DataProblem(
          "%s: cannot be read (%s). Check that the file is whole, and the rights to read it."
              .formatted(shown, FirstLine.reason(e)),
          e);
    }
  }

  /** The records from {@code first} on, counted from 0. */
  DataInputStream open(long first, Configuration configuration) throws IOException {
    Path file = new Path(path);
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
    FSDataInputStream raw = file.getFileSystem(configuration).open(file);
    long from = 4L + 4L * header.sizes().size() + first * header.recordBytes();
    if (codec == null) {
      raw.seek(from);
      return new DataInputStream(new BufferedInputStream(raw, BUFFER));
    }
    InputStream unpacked = new BufferedInputStream(codec.createInputStream(raw), BUFFER);
    unpacked.skipNBytes(from);
    return new DataInputStream(unpacked);
  }
}
