package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final String MODEL = "digits mali 7f3a";

  @TempDir Path path;
  private final List<String> warnings = new ArrayList<>();
  private RunFolder folder;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() throws IOException {
    folder = LocalFolder.open(path);
    checkpoints = new Checkpoints(folder);
  }

  @Test
  void aFolderWithoutCheckpointsHasNoLatest() throws IOException {
    folder.write("metrics.jsonl", new byte[0]);
    folder.write("checkpoint-1.txt", new byte[3]);
    assertThat(latest()).isEmpty();
  }

  @Test
  void whatIsSavedIsRestoredBitForBit() throws IOException {
    double[] parameters = {Double.NaN, -0.0, 1.0 / 3, Double.MIN_VALUE};
    checkpoints.save(
        Checkpoint.of(
            17,
            Map.of("parameters", parameters, "adam.m", new double[] {4}, "none", new double[0]),
            Map.of("fingerprint", MODEL, "seed", "42")));
    Checkpoint restored = latest().orElseThrow();
    assertThat(restored.round()).isEqualTo(17);
    assertThat(bits(restored.array("parameters"))).isEqualTo(bits(parameters));
    assertThat(restored.arrays().keySet()).containsExactly("adam.m", "none", "parameters");
    assertThat(restored.metadata()).isEqualTo(Map.of("fingerprint", MODEL, "seed", "42"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void theNewestTwoAreKeptAndNothingElseIsTouched() throws IOException {
    folder.write("model.json", new byte[1]);
    folder.write("checkpoint-notes.txt", new byte[1]);
    for (int round : new int[] {10, 20, 30, 1_000_000_000}) {
      checkpoints.save(checkpoint(round));
    }
    assertThat(folder.list(""))
        .containsExactly(
            "checkpoint-000000030.safetensors",
            "checkpoint-1000000000.safetensors",
            "checkpoint-notes.txt",
            "model.json");
    assertThat(latest().orElseThrow().round()).isEqualTo(1_000_000_000);
  }

  @Test
  void checkpointsOfRoundsThatTheRunWentBackBehindAreDeleted() throws IOException {
    for (int round : new int[] {10, 20, 12}) {
      checkpoints.save(checkpoint(round));
    }
    assertThat(latest().orElseThrow().round()).isEqualTo(12);
    assertThat(folder.list("checkpoint-"))
        .containsExactly("checkpoint-000000010.safetensors", "checkpoint-000000012.safetensors");
  }

  @Test
  void theOneBeforeReplacesATruncatedOneWithAWarning() throws IOException {
    checkpoints.save(checkpoint(10));
    checkpoints.save(checkpoint(20));
    byte[] whole = folder.read("checkpoint-000000020.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Files.write(path.resolve("checkpoint-000000020.safetensors"), Arrays.copyOf(whole, length));
      warnings.clear();
      assertThat(latest().orElseThrow().round()).isEqualTo(10);
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0))
          .contains(path + "/checkpoint-000000020.safetensors: it is truncated: " + length)
          .endsWith("The run goes on from round 10 instead.");
    }
  }

  @Test
  void aFlippedBitAnywhereIsSeenInTheDescriptionToo() throws IOException {
    checkpoints.save(checkpoint(10));
    checkpoints.save(checkpoint(20));
    byte[] whole = folder.read("checkpoint-000000020.safetensors");
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(path.resolve("checkpoint-000000020.safetensors"), flipped);
      assertThat(latest().orElseThrow().round()).as("bit %d", bit).isEqualTo(10);
    }
    assertThat(warnings).hasSize(8 * whole.length);
  }

  @Test
  void withoutAWholeCheckpointTheErrorNamesAllOfThemAndWhatToDo() throws IOException {
    checkpoints.save(checkpoint(10));
    checkpoints.save(checkpoint(20));
    for (String name : folder.list("checkpoint-")) {
      Files.write(path.resolve(name), new byte[50]);
    }
    assertThatThrownBy(this::latest)
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "none of 2 checkpoints is whole",
            "checkpoint-000000010.safetensors",
            "checkpoint-000000020.safetensors",
            "Restore one of them");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aCheckpointOfAnotherModelIsAnErrorThatNamesBoth() throws IOException {
    checkpoints.save(checkpoint(10));
    checkpoints.save(Checkpoint.of(20, Map.of(), Map.of("fingerprint", "digits mali 0000")));
    assertThatThrownBy(this::latest)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "checkpoint-000000020", "'digits mali 0000'", "'" + MODEL + "'", "another folder");
  }

  @Test
  void aFileThatIsNoCheckpointOrHasAnothersNameIsPassedOver() throws IOException {
    checkpoints.save(checkpoint(10));
    folder.write(
        "checkpoint-000000020.safetensors",
        new Safetensors(Map.of(), Map.of("format", "pt")).toBytes());
    folder.write(
        "checkpoint-000000030.safetensors", folder.read("checkpoint-000000010.safetensors"));
    assertThat(latest().orElseThrow().round()).isEqualTo(10);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("checkpoint-000000030", "it holds round 10");
    assertThat(warnings.get(1)).contains("checkpoint-000000020", "no checkpoint", "[format]");
  }

  @Test
  void aFailureToReadIsNotTakenForDamage() throws IOException {
    checkpoints.save(checkpoint(10));
    Files.createDirectory(path.resolve("elsewhere"));
    RunFolder failing = new FailingReads(folder);
    assertThatThrownBy(() -> new Checkpoints(failing).latest(MODEL, warnings::add))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is away");
    assertThat(warnings).isEmpty();
  }

  /** The recipe in the documentation, done by hand. */
  @Test
  void theDigestIsThatOfTheFileWithZerosInItsPlace() throws Exception {
    checkpoints.save(checkpoint(10));
    byte[] file = folder.read("checkpoint-000000010.safetensors");
    String digest = Safetensors.read(file, "it").metadata().get("anabranch.sha256");
    String text = new String(file, StandardCharsets.ISO_8859_1);
    byte[] zeroed = text.replace(digest, "0".repeat(64)).getBytes(StandardCharsets.ISO_8859_1);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(zeroed);
    assertThat(digest).isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void aCheckpointThatSaysNotWhatItBelongsToIsRefused() {
    assertThatThrownBy(() -> Checkpoint.of(1, Map.of(), Map.of("seed", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("[seed]", "no 'fingerprint'");
    assertThatThrownBy(() -> Checkpoint.of(-1, Map.of(), Map.of("fingerprint", MODEL)))
        .hasMessageContaining("round is -1");
    assertThatThrownBy(
            () -> Checkpoint.of(1, Map.of(), Map.of("fingerprint", MODEL, "anabranch.round", "1")))
        .hasMessageContainingAll("'anabranch.round'", "Rename it");
  }

  @Test
  void anArrayThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> checkpoint(3).array("adam.m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("round 3", "'adam.m'", "[parameters]");
  }

  @Test
  void laterChangesOfTheCallersArraysDoNotReachTheCheckpoint() {
    double[] parameters = {1};
    Checkpoint checkpoint =
        Checkpoint.of(1, Map.of("parameters", parameters), Map.of("fingerprint", MODEL));
    parameters[0] = 2;
    checkpoint.array("parameters")[0] = 3;
    assertThat(checkpoint.array("parameters")).containsExactly(1);
  }

  private Optional<Checkpoint> latest() throws IOException {
    return checkpoints.latest(MODEL, warnings::add);
  }

  private static Checkpoint checkpoint(long round) {
    return Checkpoint.of(
        round, Map.of("parameters", new double[] {round, -round}), Map.of("fingerprint", MODEL));
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** Lists what another folder has and cannot read it. */
  private record FailingReads(RunFolder folder) implements RunFolder {
    @Override
    public void write(String name, byte[] content) throws IOException {
      folder.write(name, content);
    }

    @Override
    public byte[] read(String name) throws IOException {
      throw new IOException("the disk is away");
    }

    @Override
    public boolean exists(String name) throws IOException {
      return folder.exists(name);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
      return folder.list(prefix);
    }

    @Override
    public void delete(String name) throws IOException {
      folder.delete(name);
    }

    @Override
    public void append(String name, String line) throws IOException {
      folder.append(name, line);
    }

    @Override
    public String location() {
      return folder.location();
    }
  }
}
