package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that does nothing but replace a large file is killed at random moments. */
class LocalFolderKillTest {
  private static final int KILLS = 8;
  private static final int BYTES = 32_000_000;

  @TempDir Path path;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aKilledProcessLeavesAFileOfOneVersionAndNothingElse() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      Files.deleteIfExists(path.resolve("file"));
      double wait = 100 * CounterRandom.uniform(3, Stream.SYNTHETIC, kill, 0, 0);
      KilledProcess.run(
          LocalFolderKillTest.class, path, () -> Files.exists(path.resolve("file")), (long) wait);
      byte[] content = LocalFolder.open(path).read("file");
      byte[] expected = new byte[BYTES];
      Arrays.fill(expected, content.length == 0 ? 0 : content[0]);
      assertThat(Arrays.equals(content, expected)).as("kill %d is of one version", kill).isTrue();
      try (var files = Files.list(path)) {
        assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("file");
      }
    }
  }

  /** Replaces the file for ever; all bytes of a version are equal. */
  public static void main(String[] arguments) throws IOException {
    RunFolder folder = LocalFolder.open(Path.of(arguments[0]));
    byte[] content = new byte[BYTES];
    for (byte version = 1; ; version++) {
      Arrays.fill(content, version);
      folder.write("file", content);
    }
  }
}
