package org.anabranch.spark.job;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.anabranch.model.paths.PathSet;
import org.anabranch.model.paths.PathShape;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;

/**
 * Paths as text, one a line, for {@code data.layout = wide}: a header, then values time by time; a
 * value that is missing is an empty field. A number has as many digits as float32 needs.
 *
 * @param missing the share of values after the first time that are left out
 * @param seed decides which
 */
record SeriesCsv(PathSet paths, double missing, long seed) {
  /** Components of random numbers that no simulation draws. */
  private static final int MISSING = 1 << 16;

  /** Writes beside the file first, then in its place; gzip by the suffix {@code .gz}. */
  void write(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException("%s: it is a folder. Name a file.".formatted(file));
    }
    Files.createDirectories(folder);
    Path temporary =
        folder.resolve(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      try (Writer writer = writer(temporary, target.toString().endsWith(".gz"))) {
        write(writer);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Writer writer(Path file, boolean packed) throws IOException {
    OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    OutputStream text = packed ? new GZIPOutputStream(out, 1 << 16) : out;
    return new OutputStreamWriter(text, StandardCharsets.US_ASCII);
  }

  void write(Appendable text) throws IOException {
    text.append(header(paths.shape())).append('\n');
    for (int path = 0; path < paths.size(); path++) {
      for (int time = 0; time < paths.shape().length(); time++) {
        for (int channel = 0; channel < paths.shape().width(); channel++) {
          text.append(time + channel == 0 ? "" : ",").append(field(path, time, channel));
        }
      }
      text.append('\n');
    }
  }

  private String field(int path, int time, int channel) {
    boolean left =
        time > 0
            && missing > 0
            && CounterRandom.uniform(seed, Stream.SYNTHETIC, path, time, MISSING + channel)
                < missing;
    return left ? "" : Float.toString(paths.value(path, time, channel));
  }

  private static String header(PathShape shape) {
    List<String> names = new ArrayList<>();
    for (int time = 0; time < shape.length(); time++) {
      for (String channel : shape.channels()) {
        names.add(channel + "_" + time);
      }
    }
    return String.join(",", names);
  }
}
