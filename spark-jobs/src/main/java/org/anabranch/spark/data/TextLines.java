package org.anabranch.spark.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, unpacked by its suffix and cut by the line reader that Hadoop's input
 * formats use.
 */
final class TextLines implements Lines, Closeable {
  private final LineReader reader;
  private final int longest;
  private final Text line = new Text();
  private long characters;
  private boolean first = true;

  private TextLines(LineReader reader, int longest) {
    this.reader = reader;
    this.longest = longest;
  }

  /**
   * Opens a file.
   *
   * @param longest characters of a line; what is beyond is left out
   */
  static TextLines open(Path path, int longest, Configuration configuration) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    InputStream raw = path.getFileSystem(configuration).open(path);
    InputStream text = codec == null ? raw : codec.createInputStream(raw);
    return new TextLines(new LineReader(text, configuration), longest);
  }

  @Override
  public @Nullable String next() throws IOException {
    if (reader.readLine(line, longest) == 0) {
      return null;
    }
    characters += line.getLength();
    String result = line.toString();
    boolean marked = first && result.startsWith("\uFEFF"); // a byte order mark, as Hadoop does
    first = false;
    return marked ? result.substring(1) : result;
  }

  /** How much was read so far. */
  long characters() {
    return characters;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
