package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.SeriesSource.Layout;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each data set is read on the driver and on executors, which must give the same blocks. */
class SeriesSourceTest {
  private static final String SPLIT_BYTES = "mapreduce.input.fileinputformat.split.maxsize";
  private static final float NAN = Float.NaN;

  private static JavaSparkContext spark;

  private final List<PackedData> packed = new ArrayList<>();
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = TestSpark.local(2);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @AfterEach
  void restore() {
    spark.hadoopConfiguration().unset(SPLIT_BYTES);
    packed.forEach(PackedData::close);
  }

  @Test
  void aWideLineIsASeriesAndMissingValuesAreNaN() throws IOException {
    file("a.csv", "a_0,b_0,a_1,b_1,depth\n1,2,3,4,9\n5, ,NA,8,9.5\n");
    PackedData data = read(wide("a.csv", true, form(2, List.of("a", "b"), List.of("depth"))));
    assertThat(rows(data.train()).values())
        .containsExactlyInAnyOrder(List.of(1f, 2f, 3f, 4f, 9f), List.of(5f, NAN, NAN, 8f, 9.5f));
    assertThat(data.series()).isEqualTo(new SeriesTally(8, 2, 0, 0, 0));
    assertThat(data.series().sentence()).isEqualTo("2 of 8 values are missing");
    assertThat(data.width()).isEqualTo(5);
    assertThat(data.samplesOfClass()).containsExactly(2L);
  }

  @Test
  void longRowsAreCutIntoWindowsThatSpanOneSeriesOnly() throws IOException {
    file("a.csv", "day,who,x,w\n1,p,1,7\n2,p,2,8\n3,p,3,9\n4,p,4,9\n5,p,5,9\n1,q,6,3\n2,q,7,4\n");
    SeriesSource source =
        windows("a.csv", "who", "day", 2, form(2, List.of("x"), List.of("w")), 0, 0);
    PackedData data = read(source);
    assertThat(rows(data.train()).values())
        .containsExactlyInAnyOrder(List.of(1f, 2f, 7f), List.of(3f, 4f, 9f), List.of(6f, 7f, 3f));
  }

  @Test
  void identitiesAreThoseOfTheFirstLineOfAWindow() throws IOException {
    file("a.csv", "x\n1\n\n2\n3\n4\n");
    PackedData data = read(windows("a.csv", "", "", 2, form(2, List.of("x"), List.of()), 0, 0));
    SampleIds ids = new SampleIds("a.csv");
    assertThat(rows(data.train()))
        .isEqualTo(Map.of(ids.id(2), List.of(1f, 2f), ids.id(5), List.of(3f, 4f)));
  }

  @Test
  void aStrideAboveTheLengthLeavesRowsOut() throws IOException {
    file("a.csv", "x\n1\n2\n3\n4\n5\n6\n7\n8\n");
    PackedData data = read(windows("a.csv", "", "", 3, form(2, List.of("x"), List.of()), 0, 0));
    assertThat(rows(data.train()).values())
        .containsExactlyInAnyOrder(List.of(1f, 2f), List.of(4f, 5f), List.of(7f, 8f));
  }

  @Test
  void columnsAreFoundByNameInEveryFile() throws IOException {
    file("in/a.csv", "x,y\n1,2\n3,4\n");
    file("in/b.csv", "y,t,x\n6,0,5\n8,0,7\n");
    SeriesForm form = form(2, List.of("x", "y"), List.of());
    PackedData data = read(windows("in", "", "", 2, form, 0, 0));
    assertThat(rows(data.train()).values())
        .containsExactlyInAnyOrder(List.of(1f, 2f, 3f, 4f), List.of(5f, 6f, 7f, 8f));
  }

  @Test
  void compressedFilesAreUnpackedByTheirSuffix() throws IOException {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("x\n1\n2\n".getBytes(StandardCharsets.US_ASCII));
    }
    PackedData data = read(windows("a.csv.gz", "", "", 2, form(2, List.of("x"), List.of()), 0, 0));
    assertThat(rows(data.train()).values()).containsExactly(List.of(1f, 2f));
  }

  /** Rows count up, so that a window says which rows it has. */
  @Test
  void windowsThatShareRowsAreSplitByTime() throws IOException {
    StringBuilder text = new StringBuilder("x\n");
    IntStream.range(0, 100).forEach(row -> text.append(row).append('\n'));
    file("a.csv", text.toString());
    SeriesForm form = form(10, List.of("x"), List.of());
    PackedData data = read(windows("a.csv", "", "", 5, form, 0.2, 0.1));
    assertThat(firsts(data.train())).containsExactlyElementsOf(steps(0, 60, 5));
    assertThat(firsts(data.validation())).containsExactly(70);
    assertThat(firsts(data.test())).containsExactly(80, 85, 90);
    assertThat(data.series().straddling()).isEqualTo(2);
    assertThat(List.of(data.trainSamples(), data.validationSamples(), data.testSamples()))
        .containsExactly(13L, 1L, 3L);
    assertThat(data.trainSamplesOfClass()).containsExactly(13L);
    assertThat(data.samplesOfClass()).containsExactly(14L);
  }

  /** Two series of one file, whose values are 0 to 99 and 1000 to 1099. */
  @Test
  void everySeriesIsSplitByItsOwnTime() throws IOException {
    StringBuilder text = new StringBuilder("who,x\n");
    IntStream.range(0, 100).forEach(row -> text.append("p,").append(row).append('\n'));
    IntStream.range(1000, 1100).forEach(row -> text.append("q,").append(row).append('\n'));
    file("a.csv", text.toString());
    SeriesForm form = form(10, List.of("x"), List.of());
    PackedData data = read(windows("a.csv", "who", "", 5, form, 0.2, 0));
    assertThat(firsts(data.test())).containsExactly(80, 85, 90, 1080, 1085, 1090);
    assertThat(firsts(data.train())).contains(0, 70, 1000, 1070).hasSize(30);
  }

  @Test
  void aSeriesTooShortToBeCutIsOfOnePartAsAWhole() throws IOException {
    StringBuilder text = new StringBuilder("who,x\n");
    for (int series = 0; series < 200; series++) {
      for (int row = 0; row < 12; row++) {
        text.append("s%d,%d%n".formatted(series, series));
      }
    }
    file("a.csv", text.toString());
    SeriesForm form = form(10, List.of("x"), List.of());
    PackedData data = read(windows("a.csv", "who", "", 1, form, 0.2, 0.1));
    assertThat(data.series().straddling()).isZero();
    assertThat(data.trainSamples() + data.validationSamples() + data.testSamples()).isEqualTo(600);
    assertThat(firsts(data.test())).doesNotContainAnyElementsOf(firsts(data.train()));
    assertThat(data.testSamples() / 3).isBetween(24L, 56L); // 40 ± 3 standard deviations
    assertThat(data.validationSamples() / 3).isBetween(7L, 33L);
  }

  @Test
  void windowsThatShareNoRowAreSplitByChance() throws IOException {
    StringBuilder text = new StringBuilder("x\n");
    IntStream.range(0, 200).forEach(row -> text.append(row).append('\n'));
    file("a.csv", text.toString());
    PackedData data = read(windows("a.csv", "", "", 2, form(2, List.of("x"), List.of()), 0.2, 0.1));
    assertThat(data.testSamples()).isEqualTo(20);
    assertThat(data.validationSamples()).isEqualTo(10);
    assertThat(firsts(data.test()).first()).isLessThan(100);
    assertThat(data.series().straddling()).isZero();
  }

  @Test
  void aBadRowTakesItsWindowsAndMovesNoOther() throws IOException {
    file("a.csv", "x\n1\n2\n3\noops\n5\n6\n7\n8\n");
    SeriesSource source = windows("a.csv", "", "", 2, form(2, List.of("x"), List.of()), 0, 0);
    PackedData data = read(allowing(source, 0.5));
    assertThat(rows(data.train()).values())
        .containsExactlyInAnyOrder(List.of(1f, 2f), List.of(5f, 6f), List.of(7f, 8f));
    assertThat(data.bad().first()).hasSize(1);
    assertThat(data.bad().first().get(0).sentence())
        .isEqualTo(folder.resolve("a.csv") + ":5: column x is 'oops', expected a number");
    assertThat(data.series().broken()).isEqualTo(1);
  }

  @Test
  void aSeriesWithFewerRowsThanAWindowIsCounted() throws IOException {
    file("a.csv", "s,x\np,1\np,2\nq,3\n");
    SeriesSource source = windows("a.csv", "s", "", 2, form(2, List.of("x"), List.of()), 0, 0);
    assertThat(read(source).series().tooShort()).isEqualTo(1);
  }

  @Test
  void timesAscendWithinASeriesAsNumbersOrDates() throws IOException {
    SeriesForm form = form(2, List.of("x"), List.of());
    file("n.csv", "s,t,x\np,9,1\np,10,2\nq,1,3\nq,1.5,4\n");
    assertThat(read(windows("n.csv", "s", "t", 2, form, 0, 0)).trainSamples()).isEqualTo(2);
    file("d.csv", "t,x\n1961-12-31,1\n1962-01-01,2\n");
    assertThat(read(windows("d.csv", "", "t", 2, form, 0, 0)).trainSamples()).isEqualTo(1);
    file("h.csv", "t,x\n1962-01-01 09:30,1\n1962-01-01T10:00:00,2\n");
    assertThat(read(windows("h.csv", "", "t", 2, form, 0, 0)).trainSamples()).isEqualTo(1);
  }

  @Test
  void neitherPartitionsNorInputSplitsHaveAPart() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 500; line++) {
      text.append("%d,%d,,%d%n".formatted(line, 3 * line, 7 * line));
    }
    file("a.csv", text.toString());
    SeriesSource wide = wide("a.csv", false, form(2, List.of("a", "b"), List.of()));
    TreeSet<String> fingerprints = new TreeSet<>();
    for (int partitions : List.of(1, 2, 5)) {
      for (int bytes : List.of(1_000, 1_000_000)) {
        spark.hadoopConfiguration().setInt(SPLIT_BYTES, bytes);
        fingerprints.add(keep(open(wide, 0).pack(spark, 64, partitions)).fingerprint());
      }
    }
    fingerprints.add(keep(open(wide, Long.MAX_VALUE).pack(spark, 32, 1)).fingerprint());
    assertThat(fingerprints).hasSize(1);
  }

  @Test
  void scalesAreThoseOfTheValuesThatAreThere() throws IOException {
    file("a.csv", "1,10,3,\n3,,5,40\n5,30,NA,50\n");
    SeriesForm form = form(2, List.of("a", "b"), List.of());
    PackedData data = read(wide("a.csv", false, form));
    ChannelScales first = data.channelScales(form, true);
    assertThat(first.means()).containsExactly(3.0, 20.0);
    assertThat(first.deviations()).containsExactly(Math.sqrt(8 / 3.0), 10.0);
    ChannelScales all = data.channelScales(form, false);
    assertThat(all.means()).containsExactly(17 / 5.0, 130 / 4.0);
    assertThat(all.deviations().get(1))
        .isEqualTo(Math.sqrt(875 / 4.0)); // 22.5² + 2.5² + 7.5² + 17.5²
  }

  @Test
  void aChannelWithoutAnyValueStaysAsItIs() throws IOException {
    file("a.csv", "1,,2,\n3,,4,\n");
    SeriesForm form = form(2, List.of("a", "b"), List.of());
    ChannelScales scales = read(wide("a.csv", false, form)).channelScales(form, false);
    assertThat(scales.means().get(1)).isZero();
    assertThat(scales.deviations().get(1)).isEqualTo(1);
  }

  @Test
  void aSeriesWithTooFewValuesIsABadRecord() throws IOException {
    file("a.csv", "1,2,3\n1,,3\n1,,NA\n");
    SeriesSource source = wide("a.csv", false, form(3, List.of("a"), List.of()));
    PackedData data = read(allowing(source, 0.5));
    assertThat(data.trainSamples()).isEqualTo(2);
    assertThat(data.bad().first().get(0).sentence())
        .endsWith(":3: 2 of 3 values are missing, expected at most a share of 0.5");
    assertThat(data.series()).isEqualTo(new SeriesTally(6, 1, 0, 0, 0));
  }

  @Test
  void namesTheValueThatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> form(1, List.of("x"), List.of()))
        .withMessage("SeriesForm: length is 1. Use 2 or more.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> form(2, List.of(), List.of()))
        .withMessageContaining("no channels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> windows("a", "", "", 0, form(2, List.of("x"), List.of()), 0, 0))
        .withMessageContaining("stride is 0");
  }

  @Test
  void allWindowsTooLongAreRefused() throws IOException {
    file("a.csv", "x\n1\n2\n");
    SeriesSource source = windows("a.csv", "", "", 3, form(3, List.of("x"), List.of()), 0, 0);
    assertThatExceptionOfType(DataProblem.class)
        .isThrownBy(() -> read(source))
        .withMessageContaining("no record can be used");
  }

  /** Read both ways; the blocks of the executors are looked at. */
  private PackedData read(SeriesSource source) {
    PackedData little = keep(open(source, Long.MAX_VALUE).pack(spark, 32, 2));
    PackedData large = keep(open(source, 0).pack(spark, 32, 3));
    assertThat(large.fingerprint()).isEqualTo(little.fingerprint());
    assertThat(large.series()).isEqualTo(little.series());
    assertThat(large.bad()).isEqualTo(little.bad());
    return large;
  }

  private PackedData keep(PackedData data) {
    packed.add(data);
    return data;
  }

  private static SourceInput open(SeriesSource source, long smallBytes) {
    return SourceInput.open(source, spark.hadoopConfiguration(), smallBytes);
  }

  private static Map<Long, List<Float>> rows(JavaRDD<Block> blocks) {
    Map<Long, List<Float>> rows = new HashMap<>();
    for (Block block : blocks.collect()) {
      for (int row = 0; row < block.rows(); row++) {
        List<Float> features = new ArrayList<>();
        for (int column = 0; column < block.width(); column++) {
          features.add(block.feature(row, column));
        }
        rows.put(block.id(row), features);
      }
    }
    return rows;
  }

  private static NavigableSet<Integer> firsts(JavaRDD<Block> blocks) {
    TreeSet<Integer> firsts = new TreeSet<>();
    rows(blocks).values().forEach(row -> firsts.add(row.get(0).intValue()));
    return firsts;
  }

  private static List<Integer> steps(int from, int to, int by) {
    return IntStream.rangeClosed(0, (to - from) / by).mapToObj(i -> from + i * by).toList();
  }

  private SeriesSource wide(String name, boolean header, SeriesForm form) {
    return new SeriesSource(
        folder.resolve(name).toString(),
        Layout.WIDE,
        header,
        ',',
        "",
        "",
        form.length(),
        form,
        rules(0, 0, 0));
  }

  private SeriesSource windows(
      String name,
      String series,
      String time,
      int stride,
      SeriesForm form,
      double test,
      double validation) {
    return new SeriesSource(
        folder.resolve(name).toString(),
        Layout.LONG,
        false,
        ',',
        series,
        time,
        stride,
        form,
        rules(0, test, validation));
  }

  private static SeriesSource allowing(SeriesSource source, double bad) {
    return new SeriesSource(
        source.path(),
        source.layout(),
        source.header(),
        source.delimiter(),
        source.series(),
        source.time(),
        source.stride(),
        source.form(),
        rules(bad, 0, 0));
  }

  private static PackingRules rules(double bad, double test, double validation) {
    return new PackingRules(1, bad, false, test, validation, 3, 32, 1);
  }

  private static SeriesForm form(int length, List<String> channels, List<String> covariates) {
    return new SeriesForm(length, channels, covariates, 1, 0.5);
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
