package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.random.CounterRandom;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.CsvSource;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.train.Safetensors;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with an input, its user reads where, what, and what to do; and at once. */
class ErrorCatalogueTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(60);
  private static final int VARIANTS = 150;
  private static final long SEED = 20_240_901;

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = TestSpark.local(1);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  static List<Malformed> catalogue() {
    return Stream.of(
            MalformedSettings.all(),
            MalformedRecords.all(),
            MalformedSeries.all(),
            MalformedImages.all(),
            MalformedTensors.all(),
            MalformedStems.all())
        .flatMap(cases -> cases)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("catalogue")
  void theUserReadsPlaceValueAndRemedy(Malformed input) {
    Throwable failure = failure(input.reading());
    assertThat(failure).as("is refused").isNotNull();
    requireSentences(failure);
    assertThat(failure.getMessage()).contains(input.place(), input.value(), input.remedy());
  }

  @Test
  void theCatalogueHasSixtyCasesOfItsOwn() {
    assertThat(catalogue().stream().map(Malformed::name))
        .hasSizeGreaterThan(60)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conf",
        "csv",
        "series",
        "idx",
        "idx.gz",
        "png",
        "safetensors",
        "checkpoint",
        "stem"
      })
  void damageIsReadOrRefusedInSentences(String format) {
    assumeTrue(
        !format.equals("stem") || DigitsStem.hasNatives(), "ND4J has no natives for this machine");
    int refused = 0;
    for (int variant = 0; variant < VARIANTS; variant++) {
      int number = variant;
      Throwable failure = failure((place, context) -> read(format, number, place));
      if (failure != null) {
        refused++;
        assertThat(failure)
            .as("%s, variant %d of seed %d", format, variant, SEED)
            .satisfies(ErrorCatalogueTest::requireSentences)
            .hasMessageContaining(damagedFile(format));
      }
    }
    assertThat(refused).as("refused variants of " + format).isGreaterThan(VARIANTS / 5);
  }

  /** What its user calls the file that {@link #read} damages. */
  private String damagedFile(String format) {
    return switch (format) {
      case "conf" -> "a.conf";
      case "csv", "series" -> folder.resolve("a.csv").toString();
      case "idx" -> folder.resolve("x").toString();
      case "idx.gz" -> folder.resolve("x.gz").toString();
      case "png" -> folder.resolve("pictures/a/x.png").toString();
      case "safetensors" -> "p.safetensors";
      case "stem" -> "features.zip";
      case "checkpoint" -> folder.resolve("run/checkpoint-000000007.safetensors").toString();
      default -> throw new AssertionError(format);
    };
  }

  private void read(String format, int variant, Path place) throws IOException {
    switch (format) {
      case "conf" -> {
        List<String> texts = MalformedSettings.valid();
        byte[] text = texts.get(variant % texts.size()).getBytes(StandardCharsets.UTF_8);
        String damaged = new String(damaged(text, variant), StandardCharsets.ISO_8859_1);
        Malformed.readConfiguration(place, damaged);
      }
      case "csv" -> {
        byte[] text = "1,2.5,0\n3,-4e-1,1\n5,6,1\n7,8,0\n".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(place.resolve("a.csv"), damaged(text, variant));
        Malformed.pack(spark, CsvSource.at(file.toString()).build());
      }
      case "series" -> {
        Path file = Files.write(place.resolve("a.csv"), damaged(MalformedSeries.valid(), variant));
        Malformed.pack(spark, MalformedSeries.windows(file));
      }
      case "idx", "idx.gz" -> {
        byte[] arrays = damaged(MalformedRecords.validArrays(), variant);
        String suffix = format.equals("idx") ? "" : ".gz";
        Malformed.pack(spark, Malformed.idx(place, suffix, arrays, MalformedRecords.validLabels()));
      }
      case "png" ->
          Malformed.pack(
              spark,
              MalformedImages.withPicture(place, damaged(MalformedImages.validPicture(), variant)));
      case "safetensors" ->
          Safetensors.read(damaged(MalformedTensors.validTensors(), variant), "p.safetensors");
      case "stem" -> MalformedStems.read(place, damaged(MalformedStems.valid(), variant));
      case "checkpoint" ->
          Malformed.readCheckpoint(place, damaged(MalformedTensors.validCheckpoint(), variant));
      default -> throw new AssertionError(format);
    }
  }

  /** The bytes with up to four of them changed, or cut, or doubled from somewhere on. */
  private static byte[] damaged(byte[] whole, int variant) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : whole) {
      bytes.add(b);
    }
    int edits = 1 + draw(variant, 0, 4);
    for (int edit = 1; edit <= edits && !bytes.isEmpty(); edit++) {
      int at = draw(variant, 3 * edit, bytes.size());
      switch (draw(variant, 3 * edit + 1, 4)) {
        case 0 -> bytes.subList(at, bytes.size()).clear();
        case 1 -> bytes.addAll(new ArrayList<>(bytes.subList(at, bytes.size())));
        case 2 -> bytes.remove(at);
        default -> bytes.set(at, (byte) draw(variant, 3 * edit + 2, 256));
      }
    }
    byte[] result = new byte[bytes.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = bytes.get(i);
    }
    return result;
  }

  private static int draw(int variant, int component, int below) {
    long bits =
        CounterRandom.bits(SEED, org.anabranch.random.Stream.SYNTHETIC, variant, 0, component);
    return (int) Long.remainderUnsigned(bits, below);
  }

  private Throwable failure(Malformed.Reading reading) {
    return assertTimeoutPreemptively(
        AT_ONCE, () -> catchThrowable(() -> reading.read(folder, spark)));
  }

  /** The kinds that commands print without a trace, or wrap with one that they print so. */
  private static void requireSentences(Throwable failure) {
    assertThat(failure)
        .isInstanceOfAny(
            Mistake.class, DataProblem.class, IOException.class, IllegalArgumentException.class);
    assertThat(failure.getMessage())
        .doesNotContain("\tat ", "Exception", "org.apache.spark")
        .matches("(?s).*[.?]")
        .satisfies(text -> assertThat(text.length()).isBetween(20, 2_000));
  }
}
