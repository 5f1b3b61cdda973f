package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that does nothing but save checkpoints is killed at random moments and started again.
 */
class CheckpointsKillTest {
  private static final String MODEL = "killed";
  private static final int KILLS = 8;
  private static final int VALUES = 100_000;

  @TempDir Path path;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aKilledProcessLeavesAWholeCheckpointOfTheRoundItReportedLastOrTheNext() throws Exception {
    long before = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long start = before;
      double wait = 200 * CounterRandom.uniform(1, Stream.SYNTHETIC, kill, 0, 0);
      KilledProcess.run(CheckpointsKillTest.class, path, () -> lastReported() > start, (long) wait);
      long reported = lastReported();
      RunFolder folder = LocalFolder.open(path);
      Checkpoint checkpoint = latest(folder).orElseThrow();
      assertThat(checkpoint.round()).isBetween(reported, reported + 1);
      assertThat(Arrays.stream(checkpoint.array("parameters")).distinct().toArray())
          .containsExactly((double) checkpoint.round());
      assertThat(folder.list("checkpoint-").size()).isBetween(1, 3);
      before = checkpoint.round();
    }
    assertThat(before).isGreaterThan(KILLS);
  }

  /** Saves rounds for ever, starting after the latest one; reports each when it is saved. */
  public static void main(String[] arguments) throws IOException {
    RunFolder folder = LocalFolder.open(Path.of(arguments[0]));
    long done = latest(folder).map(Checkpoint::round).orElse(0L);
    folder.retainLines("metrics.jsonl", line -> Long.parseLong(line) <= done);
    for (long round = done + 1; ; round++) {
      double[] parameters = new double[VALUES];
      Arrays.fill(parameters, (double) round);
      new Checkpoints(folder)
          .save(
              Checkpoint.of(round, Map.of("parameters", parameters), Map.of("fingerprint", MODEL)));
      folder.append("metrics.jsonl", String.valueOf(round));
    }
  }

  private long lastReported() throws IOException {
    Path file = path.resolve("metrics.jsonl");
    if (!Files.exists(file)) {
      return 0;
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    String[] whole = text.substring(0, text.lastIndexOf('\n') + 1).split("\n", -1);
    return whole.length < 2 ? 0 : Long.parseLong(whole[whole.length - 2]);
  }

  private static Optional<Checkpoint> latest(RunFolder folder) throws IOException {
    return new Checkpoints(folder)
        .latest(
            MODEL,
            warning -> {
              throw new AssertionError(warning);
            });
  }
}
