package org.anabranch.spark.job;

import static org.anabranch.spark.job.DigitsRun.assertDone;
import static org.anabranch.spark.job.DigitsRun.command;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of docs/dl4j.md: its Java as it stands there, and its training. */
class StemExampleTest {
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  @TempDir Path folder;

  @Test
  void theNetworkThatItSavesIsAStemThatHelps() throws Exception {
    DigitsStem.requireNatives();
    DigitsRun digits = DigitsRun.in(folder);
    List<String> lines = digits.lines();
    Path features = folder.resolve("features.zip");
    run(digits.write("learnt.csv", lines.subList(0, 500)), features.toString());
    String records = digits.write("new.csv", lines.subList(899, lines.size()));
    digits.train(
        "data.path=" + records,
        "model.stem=" + features,
        "model.state=32",
        "model.hidden=[32]",
        "train.epochs=10");
    JsonNode metrics = JobProcess.summary(folder.resolve("run")).path("metrics");
    assertThat(metrics.path("test.accuracy").asDouble()).isGreaterThan(0.88);
    assertDone(command("evaluate", digits.location(), "--data", records));
  }

  private void run(String... arguments) throws Exception {
    Matcher example = JAVA.matcher(Files.readString(Path.of("../docs/dl4j.md")));
    assertThat(example.find()).isTrue();
    Path source = Files.writeString(folder.resolve("DigitsFeatures.java"), example.group(1));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(code).isZero();
    URL[] compiled = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
      loader
          .loadClass("DigitsFeatures")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    }
  }
}
