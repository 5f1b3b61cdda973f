package org.anabranch.spark.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Small configurations for tests. */
final class Configurations {
  private Configurations() {}

  /** One that names a file that need not be there, with settings on top. */
  static TrainingConfiguration toy(Path folder, String... settings) {
    try {
      Files.writeString(folder.resolve("toy.conf"), "data.path = x.csv\ndata.classes = 2\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Overriding> overridings = Stream.of(settings).map(Overriding::parse).toList();
    return new ConfigurationReader(new Environment(name -> null), folder)
        .read(Path.of("toy.conf"), overridings);
  }
}
