package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.anabranch.model.paths.PathSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
  private static final String DIGITS = "../data/digits.csv.gz";

  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();
  @TempDir Path folder;

  /** The equations of mean and variance, dm = (μt − θm) dt and dv = (−2θv + (2σt/64)²) dt. */
  @Test
  void theProcessHasTheMomentsOfItsEquation() {
    PathSet paths = new OrnsteinUhlenbeck().draw(40_000, 5);
    double mean = 0;
    double variance = 1 / 3.0;
    int steps = 10_000;
    double h = 1.0 / steps;
    for (int time = 0; time < 64; time++) {
      double[] values = paths.marginal(time, 0);
      double deviation = Math.sqrt(variance);
      assertThat(mean(values)).isCloseTo(mean, within(5 * deviation / 200));
      assertThat(variance(values)).isCloseTo(variance, within(5 * variance * Math.sqrt(2) / 200));
      for (int step = 0; step < steps; step++) {
        double t = time + (step + 0.5) * h;
        mean += (0.02 * t - 0.1 * mean) * h;
        variance += (-0.2 * variance + Math.pow(0.8 * t / 64, 2)) * h;
      }
    }
  }

  /** Cov(Y(s), Y(t)) = Var(Y(s)) exp(−θ(t − s)) of any linear process. */
  @Test
  void theProcessRemembersWhatItsEquationSays() {
    PathSet paths = new OrnsteinUhlenbeck().draw(40_000, 6);
    double[] early = paths.marginal(40, 0);
    double[] late = paths.marginal(50, 0);
    double meanEarly = mean(early);
    double meanLate = mean(late);
    double covariance = 0;
    for (int i = 0; i < early.length; i++) {
      covariance += (early[i] - meanEarly) * (late[i] - meanLate) / early.length;
    }
    double share = covariance / variance(early);
    assertThat(share).isCloseTo(Math.exp(-1), within(0.03));
  }

  @Test
  void lorenzIsNormalisedAndStartsWithEveryAxisApart() {
    PathSet paths = new StochasticLorenz().draw(256, 3);
    for (int channel = 0; channel < 3; channel++) {
      int of = channel;
      double[] all =
          Stream.iterate(0, time -> time + 1)
              .limit(100)
              .flatMapToDouble(time -> Arrays.stream(paths.marginal(time, of)))
              .toArray();
      assertThat(mean(all)).isCloseTo(0, within(1e-3));
      assertThat(variance(all)).isCloseTo(1, within(2e-3));
    }
    // From near 0 all paths fall into the attractor: x₃ rises from its lowest.
    assertThat(mean(paths.marginal(0, 2))).isLessThan(mean(paths.marginal(99, 2)) - 1);
  }

  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    run("ou", "--paths", "20", "--seed", "4", "--out", folder.resolve("a.csv").toString());
    run("ou", "--paths", "30", "--seed", "4", "--out", folder.resolve("b.csv").toString());
    run("ou", "--paths", "20", "--seed", "5", "--out", folder.resolve("c.csv").toString());
    List<String> first = Files.readAllLines(folder.resolve("a.csv"));
    assertThat(Files.readAllLines(folder.resolve("b.csv"))).hasSize(31).startsWith(array(first));
    assertThat(Files.readAllLines(folder.resolve("c.csv")).get(1)).isNotEqualTo(first.get(1));
  }

  @Test
  void aShareIsMissingButNeverAtTheFirstTime() throws IOException {
    Path file = folder.resolve("new/ou.csv.gz");
    run("ou", "--paths", "400", "--missing", "0.3", "--out", file.toString());
    List<String[]> rows;
    try (InputStream text = new GZIPInputStream(Files.newInputStream(file))) {
      rows =
          new String(text.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .skip(1)
              .map(line -> line.split(",", -1))
              .toList();
    }
    assertThat(rows).hasSize(400).allSatisfy(row -> assertThat(row).hasSize(64));
    assertThat(rows).allSatisfy(row -> assertThat(row[0]).isNotEmpty());
    long missing = rows.stream().flatMap(Arrays::stream).filter(String::isEmpty).count();
    double share = missing / (400.0 * 63);
    assertThat(share).isCloseTo(0.3, within(5 * Math.sqrt(0.21 / (400 * 63))));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file); // and nothing half written
    }
  }

  @Test
  void weightsAreThoseOfTrainingsThatLearn() {
    WeightTrajectories trainings = new WeightTrajectories(DIGITS);
    PathSet few = trainings.draw(30, 1);
    PathSet again = trainings.draw(40, 1);
    assertThat(few.shape().length()).isEqualTo(50);
    for (int path = 0; path < 30; path++) {
      for (int time = 0; time < 50; time++) {
        assertThat(again.value(path, time, 0)).isEqualTo(few.value(path, time, 0));
      }
    }
    assertThat(variance(few.marginal(49, 0))).isGreaterThan(variance(few.marginal(0, 0)));
    assertThat(few.marginal(0, 0)).isNotEqualTo(trainings.draw(30, 2).marginal(0, 0));
  }

  @Test
  void mistakesAreToldWithTheirRemedy() {
    String file = folder.resolve("x.csv").toString();
    refused("--paths is 0; it must be from 1", "ou", "--paths", "0", "--out", file);
    refused("--missing is 1.0; it must be", "ou", "--missing", "1", "--out", file);
    refused("'--out=FILE'", "ou");
    refused("'walk'", "walk", "--out", file);
    refused("no such file", "weights", "--digits", folder.resolve("d").toString(), "--out", file);
  }

  private void refused(String said, String... arguments) {
    error.getBuffer().setLength(0);
    assertThat(execute(arguments)).isEqualTo(ExitCode.MISTAKE);
    assertThat(error.toString()).contains(said);
    assertThat(folder.resolve("x.csv")).doesNotExist();
  }

  private void run(String... arguments) {
    assertThat(execute(arguments)).as(error.toString()).isZero();
    assertThat(out.toString()).contains("paths of 64 times in ");
  }

  private int execute(String... arguments) {
    CommandLine commandLine = Anabranch.commandLine((configuration, options) -> 0);
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true));
    return commandLine.execute(
        Stream.concat(Stream.of("simulate"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  private static String[] array(List<String> lines) {
    return lines.toArray(String[]::new);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values)
        .map(value -> (value - mean) * (value - mean))
        .average()
        .orElseThrow();
  }
}
