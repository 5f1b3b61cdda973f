package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.anabranch.spark.data.SeriesForm;
import org.anabranch.spark.data.SeriesSource;
import org.anabranch.spark.data.SeriesSource.Layout;
import org.anabranch.spark.job.TrainingConfiguration.Normalise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesSettingsTest {
  private static final String REQUIRED =
      """
      data { format = series, path = /x.csv, channels = [a, b], length = 24 }
      model.type = sde-gan
      """;

  @TempDir Path folder;

  @Test
  void neitherClassesNorLabelsAreDemanded() throws IOException {
    SeriesSource source = source(read(REQUIRED));
    assertThat(source.layout()).isEqualTo(Layout.WIDE);
    assertThat(source.form()).isEqualTo(new SeriesForm(24, List.of("a", "b"), List.of(), 1, 0.5));
    assertThat(source.rules().classes()).isEqualTo(1);
    assertThat(source.hasLabels()).isFalse();
    assertThat(read(REQUIRED).data().declaredWidth()).isEqualTo(48);
  }

  @Test
  void theStrideIsTheLengthUnlessItIsWritten() throws IOException {
    assertThat(source(read(REQUIRED)).stride()).isEqualTo(24);
    String text = REQUIRED + "data { layout = long, stride = 6 }";
    assertThat(source(read(text)).stride()).isEqualTo(6);
  }

  @Test
  void everySettingArrives() throws IOException {
    TrainingConfiguration configuration =
        read(
            REQUIRED
                + "data { layout = long, series = who, time = day, covariates = [c], time-step ="
                + " 0.5, max-missing-fraction = 0.25, normalise = initial, delimiter = \";\" }");
    SeriesSource source = source(configuration);
    assertThat(source.series()).isEqualTo("who");
    assertThat(source.time()).isEqualTo("day");
    assertThat(source.delimiter()).isEqualTo(';');
    assertThat(source.form())
        .isEqualTo(new SeriesForm(24, List.of("a", "b"), List.of("c"), 0.5, 0.25));
    assertThat(configuration.data().series().normalise()).isEqualTo(Normalise.INITIAL);
  }

  /** What a run records is read again by resume, evaluate and check. */
  @Test
  void whatARunRecordsGivesTheSameSource() throws IOException {
    TrainingConfiguration first = read(REQUIRED + "data { layout = long, time = day }");
    String recorded =
        first.settings().stream().map(Setting::line).collect(Collectors.joining("\n"));
    TrainingConfiguration again = read(recorded);
    assertThat(source(again)).isEqualTo(source(first));
    assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
  }

  private static SeriesSource source(TrainingConfiguration configuration) {
    return (SeriesSource) DataSettings.source(configuration);
  }

  private TrainingConfiguration read(String text) throws IOException {
    Files.writeString(folder.resolve("a.conf"), text);
    return new ConfigurationReader(new Environment(name -> null), folder)
        .read(Path.of("a.conf"), List.of());
  }
}
