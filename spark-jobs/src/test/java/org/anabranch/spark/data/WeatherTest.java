package org.anabranch.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.spark.TestSpark;
import org.anabranch.spark.data.SeriesSource.Layout;
import org.anabranch.train.Block;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** The weather of two cities in {@code data/}, in windows of four weeks. */
class WeatherTest {
  private static final String WEATHER = "../data/weather.csv.gz";
  private static final List<String> CHANNELS = List.of("temp_max", "temp_min", "wind");
  private static final int DAYS = 1461;
  private static final int LENGTH = 28;

  @Test
  void windowsHoldWhatAPlainReadingOfTheFileGives() throws IOException {
    List<String[]> rows = rows();
    assertThat(rows).hasSize(2 * DAYS);
    try (JavaSparkContext spark = TestSpark.local(2);
        PackedData data = PackedData.pack(spark, source(7), 32, 2)) {
      List<Block> blocks = Stream.concat(all(data.train()), all(data.test())).toList();
      SampleIds ids = new SampleIds("weather.csv.gz");
      int found = 0;
      for (Block block : blocks) {
        for (int row = 0; row < block.rows(); row++) {
          int first = firstRow(ids, block.id(row));
          requireWindow(block, row, rows, first);
          found++;
        }
      }
      assertThat(found).isEqualTo(data.trainSamples() + data.testSamples());
      // Of 205 windows a city, those across row 1461 − 292 = 1169 are left out.
      assertThat(data.trainSamples()).isEqualTo(2 * 164);
      assertThat(data.testSamples()).isEqualTo(2 * 38);
      assertThat(data.series()).isEqualTo(new SeriesTally(404 * 84, 0, 6, 0, 0));
      requireScales(data, rows);
    }
  }

  private static void requireWindow(Block block, int row, List<String[]> rows, int first) {
    for (int time = 0; time < LENGTH; time++) {
      String[] fields = rows.get(first + time);
      assertThat(fields[0]).isEqualTo(rows.get(first)[0]);
      for (int channel = 0; channel < 3; channel++) {
        float expected = Float.parseFloat(fields[5 + channel]);
        assertThat(block.feature(row, 3 * time + channel)).isEqualTo(expected);
      }
    }
    assertThat(block.feature(row, 84)).isEqualTo(Float.parseFloat(rows.get(first)[0]));
    assertThat(block.feature(row, 85)).isEqualTo(Float.parseFloat(rows.get(first)[2]));
  }

  private static void requireScales(PackedData data, List<String[]> rows) {
    ChannelScales scales = data.channelScales(source(7).form(), true);
    List<Double> firsts = new ArrayList<>();
    for (int city = 0; city < 2; city++) {
      for (int first = 0; first + LENGTH <= 1169; first += 7) {
        firsts.add((double) Float.parseFloat(rows.get(city * DAYS + first)[7]));
      }
    }
    double mean = firsts.stream().mapToDouble(x -> x).average().orElseThrow();
    double squares = firsts.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    assertThat(scales.means().get(2)).isCloseTo(mean, within(1e-12));
    assertThat(scales.deviations().get(2))
        .isCloseTo(Math.sqrt(squares / firsts.size()), within(1e-12));
  }

  private static Stream<Block> all(JavaRDD<Block> blocks) {
    return blocks.collect().stream();
  }

  /** Line 2 holds row 0. */
  private static int firstRow(SampleIds ids, long id) {
    for (int row = 0; row < 2 * DAYS; row++) {
      if (ids.id(row + 2) == id) {
        return row;
      }
    }
    throw new AssertionError("no row begins window " + id);
  }

  private static SeriesSource source(int stride) {
    return new SeriesSource(
        WEATHER,
        Layout.LONG,
        true,
        ',',
        "station",
        "date",
        stride,
        new SeriesForm(LENGTH, CHANNELS, List.of("station", "season_cos", "season_sin"), 1, 0.5),
        new PackingRules(1, 0, false, 0.2, 0, 0, 32, 1));
  }

  private static List<String[]> rows() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(WEATHER))),
                StandardCharsets.US_ASCII))) {
      return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
    }
  }
}
