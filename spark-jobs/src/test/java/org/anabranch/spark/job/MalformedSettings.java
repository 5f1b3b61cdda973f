package org.anabranch.spark.job;

import static org.anabranch.spark.job.Malformed.configuration;

import java.util.List;
import java.util.stream.Stream;

/** Configurations with one mistake each, below two good lines. */
final class MalformedSettings {
  private static final String GOOD = "data.path = x.csv\ndata.classes = 2\n";
  private static final String PARQUET = GOOD + "data.format = parquet\ndata.label = y\n";
  private static final String SERIES =
      "data.path = x.csv\nmodel.type = sde-gan\ndata.format = series\n";
  private static final String IDX = GOOD + "data.format = idx\n";

  private MalformedSettings() {}

  static Stream<Malformed> all() {
    return Stream.of(
        configuration("", "a.conf", "empty", "Start from conf/digits.conf"),
        configuration("data.classes = 2", "a.conf", "data.path is missing", "Write"),
        configuration("data {", "a.conf:1", "end of file", "Check quotes, brackets"),
        configuration("data.path = [1", "a.conf:1", "]", "HOCON"),
        configuration(GOOD + "a = ${nowhere}", "a.conf:3", "nowhere", "Set it"),
        configuration(GOOD + "include \"/etc/passwd\"", "a.conf", "/etc/passwd", "folder"),
        good("train.epoch = 3", "train.epoch is no setting", "Did you mean train.epochs?"),
        good("train.epochs = 0", "train.epochs is 0", "train.epochs = 10"),
        good("train.epochs = ten", "train.epochs is ten", "train.epochs = 10"),
        good("train.epochs = 1.5", "train.epochs is 1.5", "train.epochs = 10"),
        good("train.epochs = 99999999999", "99999999999", "train.epochs = 10"),
        good("train.learning-rate = -1", "train.learning-rate is -1", "= 0.001"),
        good("train.learning-rate = NaN", "is NaN", "= 0.001"),
        good("train.block-size = 48", "train.block-size is 48", "32 or 64"),
        good("train.batch-size = 100", "train.batch-size is 100", "96 or 128"),
        good("train.optimiser = adm", "train.optimiser is adm", "Did you mean adam?"),
        good("model.hidden = wide", "model.hidden is wide", "[64]"),
        good("model.hidden = [0]", "model.hidden is [0]", "[64]"),
        good("solver.method = rk5", "solver.method is rk5", "Did you mean rk4?"),
        good("solver.rtol = 1e-2", "solver.rtol is written", "solver.stepping = adaptive"),
        good("solver.rtol = 2", "solver.rtol is 2", "= 0.001"),
        good(
            "solver { stepping = adaptive, method = rk4 }",
            "solver.method rk4 has no error estimate",
            "dopri5"),
        good(
            "gradient = reversible\nsolver.damping = 0.55",
            "multiplies round-off",
            "gradient = checkpointed"),
        good("solver = 3", "solver is 3", "Write solver { … }"),
        good("data.delimiter = ab", "data.delimiter is ab", "one character"),
        good("data.test-fraction = 1", "data.test-fraction is 1", "= 0.2"),
        good("data.standardise = maybe", "data.standardise is maybe", "true or false"),
        good("data.labels = y", "data.labels is \"y\"", "data.format = idx"),
        good("data.format = idx", "no data.labels", "Write for example data.labels"),
        good("data.format = parquet", "no data.label", "Write for example data.label"),
        good("data.label = y", "data.label is \"y\"", "data.format = parquet"),
        good("data.feature-columns = [a, a]", "data.feature-columns is", "none twice"),
        configuration(
            SERIES + "data.length = 9", "a.conf:3", "no data.channels", "data.channels ="),
        configuration(SERIES + "data.channels = [x]", "a.conf:3", "no data.length", "= 64"),
        series("data.channels = []", "data.channels is empty", "[temperature, pressure]"),
        series("data.length = 1", "data.length is 1", "data.length = 64"),
        series("data.stride = 4", "data.stride is 4, but data.layout wide", "data.layout = long"),
        series("data.time = day", "but data.layout wide does not use it", "data.layout = long"),
        series("data.standardise = true", "data.format series does not use it", "Take the line"),
        series("data.classes = 2", "data.format series does not use it", "data.format = csv"),
        series("data.time-step = 0", "data.time-step is 0", "= 1.0"),
        series("data.normalise = some", "data.normalise is some", "none, initial or all"),
        series(
            "solver.sde-method = euler-maruyama",
            "solver.sde-method is euler-maruyama",
            "heun, euler-heun, midpoint, reversible-heun"),
        series(
            "solver.sde-method = sra1", "does not solve the equations of model.type sde", "heun"),
        series(
            "solver.sde-method = midpoint\ngradient = reversible",
            "steps of solver.sde-method midpoint cannot be undone",
            "gradient = checkpointed"),
        series(
            "gan.discriminator-steps = 4\n"
                + "train { mode = averaging, workers = 2, local-steps = 10 }",
            "train.local-steps is 10, but the two networks take turns over 4",
            "train.local-steps = 8"),
        good("data.length = 64", "data.length is 64", "data.format = series"),
        configuration(
            PARQUET + "data.id = y",
            "a.conf:5",
            "data.id and data.label are both",
            "Name two columns"),
        configuration(
            PARQUET + "data.feature-columns = [x, y]",
            "a.conf:5",
            "has 'y', which is data.label",
            "Take it out"),
        configuration(
            IDX + "data.labels = y\ndata.header = true",
            "a.conf:5",
            "data.header is true",
            "data.format = csv"),
        configuration(
            IDX + "data.labels = y\ndata.test-path = t",
            "a.conf:5",
            "no data.test-labels",
            "Write both, or neither"),
        configuration(
            IDX + "data.labels=y\ndata.test-path=t\ndata.test-labels=u\ndata.test-fraction=0.1",
            "a.conf:7",
            "data.test-fraction is 0.1",
            "Take one of the two lines out"),
        good(
            "gradient = reversible\nsolver.method = rk4", "gradient is reversible", "checkpointed"),
        good("gradient = backsolve", "solver.method alf carries more", "gradient = automatic"),
        good(
            "gradient = backsolve\nsolver.method = rodas4",
            "would need second derivatives",
            "gradient = checkpointed"),
        good("train.decay-biases = false", "train.weight-decay is 0", "Take the line out"),
        good("spark.master = moon", "spark.master is moon", "local[N]"),
        good("spark.conf { color = red }", "color", "spark."));
  }

  /** The mistake is in the third line. */
  private static Malformed series(String line, String value, String remedy) {
    String form = "data.channels = [x]\ndata.length = 64\n";
    return configuration(SERIES + form + line, "a.conf", value, remedy);
  }

  private static Malformed good(String line, String value, String remedy) {
    return configuration(GOOD + line + "\n", "a.conf:3", value, remedy);
  }

  /** Texts that are fine, for variants of them. */
  static List<String> valid() {
    return List.of(
        GOOD + "train { epochs = 3, batch-size = 64 }\nmodel.hidden = [32, 32]\n",
        IDX + "data.labels = \"y.gz\"\nsolver.steps = 4\nspark.conf.spark.ui.enabled = false\n");
  }
}
