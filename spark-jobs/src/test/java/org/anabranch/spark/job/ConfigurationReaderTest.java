package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.spark.job.TrainingConfiguration.Gradient;
import org.anabranch.spark.job.TrainingConfiguration.Optimiser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationReaderTest {
  private static final String REQUIRED = "data.path = x.csv\ndata.classes = 2\n";

  @TempDir private Path folder;

  /** Text below the two required lines, so that it starts at line 3; then what must be said. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "solver.steps = -3",
            "x.conf:3: solver.steps is -3; it must be at least 1",
            "solver.steps = 10"),
        mistake(
            "solver.steps = 2.5",
            "x.conf:3: solver.steps is 2.5; it must be a whole number",
            "at least 1"),
        mistake("solver { steps = many }", "solver.steps is many; it must be a whole number"),
        mistake("solver.steps = [1, 2]", "solver.steps is [1,2]; it must be a whole number"),
        mistake(
            "solver.steps = 1e12",
            "solver.steps is 1000000000000; it must be at least 1 and at most 10000000"),
        mistake("solver = 3", "x.conf:3: solver is 3; it must be a section", "Write solver { … }"),
        mistake("seed { a = 1 }", "seed is {\"a\":1}; it must be a whole number"),
        mistake(
            "seed = 99999999999999999999",
            "seed is 99999999999999999999; it must be a whole number"),
        mistake(
            "train.learning-rate = NaN",
            "train.learning-rate is NaN; it must be a number, above 0"),
        mistake(
            "train.learning-rate = Infinity",
            "train.learning-rate is Infinity; it must be a number"),
        mistake(
            "train.learning-rate = 1e999", "train.learning-rate is Infinity; it must be a number"),
        mistake(
            "train.learning-rate = 0",
            "train.learning-rate is 0; it must be above 0",
            "train.learning-rate = 0.001"),
        mistake("train.learning-rate = -0.05", "train.learning-rate is -0.05; it must be above 0"),
        mistake("train.epochs = 0", "train.epochs is 0; it must be at least 1"),
        mistake("train.batch-size = -32", "train.batch-size is -32; it must be at least 1"),
        mistake("train.block-size = 48", "train.block-size is 48; it must be 32 or 64"),
        mistake(
            "train.batch-size = 100",
            "x.conf:3: train.batch-size is 100; it must be a multiple of train.block-size 32",
            "The nearest are 96 or 128."),
        mistake("train.batch-size = 10", "train.batch-size is 10", "The nearest is 32."),
        mistake(
            "train.batch-size = 1310720",
            "must be at most 4096 blocks of 32",
            "Write 131072 or less."),
        mistake(
            "train.optimiser = adma",
            "train.optimiser is adma; it must be adam, adamw, adabelief, rmsprop, adadelta, sgd or"
                + " nesterov",
            "Did you mean adam?"),
        mistake("train.optimiser = lion", "train.optimiser is lion; it must be adam, adamw"),
        mistake(
            "train.momentum = 0.9",
            "train.momentum is 0.9, but train.optimiser adam does not use it",
            "train.optimiser = sgd"),
        mistake(
            "train { optimiser = sgd\n beta1 = 0.8 }",
            "x.conf:4: train.beta1 is 0.8, but train.optimiser sgd does not use it"),
        mistake(
            "train { optimiser = adamw\n rho = 0.8 }",
            "train.rho is 0.8, but train.optimiser adamw does not use it",
            "write train.optimiser = rmsprop or adadelta"),
        mistake(
            "train { optimiser = nesterov\n epsilon = 1e-9 }",
            "train.optimiser nesterov does not use it",
            "write train.optimiser = adam or adamw or adabelief or rmsprop or adadelta"),
        mistake(
            "train.schedule.every = 2",
            "train.schedule.every is 2, but train.schedule.type constant does not use it",
            "write train.schedule.type = step or exponential"),
        mistake(
            "train.schedule { type = step\n lowest = 0.1 }",
            "train.schedule.lowest is 0.1, but train.schedule.type step does not use it"),
        mistake(
            "train.schedule = cosine",
            "train.schedule is cosine; it must be a section",
            "Write train.schedule { … }"),
        mistake(
            "train.early-stopping = 3",
            "train.early-stopping is 3, but data.validation-fraction 0 keeps no samples",
            "data.validation-fraction = 0.1"),
        mistake(
            "train.schedule.type = plateau",
            "train.schedule.type is plateau, but data.validation-fraction 0 keeps no samples"),
        mistake(
            "data.validation-fraction = 0.8",
            "data.validation-fraction is 0.8 and data.test-fraction 0.2; together they must be"
                + " below 1"),
        mistake(
            "train.average-from = 11",
            "train.average-from is 11, but the run ends after 10 epochs",
            "Write 10 or less"),
        mistake(
            "data.validation-fraction = 0.1\ntrain { average-from = 2\n keep-best = true }",
            "train.keep-best is true and train.average-from is 2, but there is one result"),
        mistake(
            "train.class-weights = [1, 2, 3]",
            "train.class-weights has 3 numbers, but data.classes is 2",
            "Write 2 numbers, or balanced"),
        mistake(
            "train.class-weights = [1, 0]",
            "it must be none, balanced, or a list of numbers above 0"),
        mistake(
            "train.mode = averaging",
            "x.conf:3: train.mode is averaging, but train.workers does not say of how many",
            "train.workers = 4"),
        mistake(
            "train { mode = averaging\n workers = 3 }",
            "x.conf:4: train.workers is 3, but the 4 blocks of 32 in train.batch-size 128 do not",
            "Write train.batch-size = 96, of which each worker has 32."),
        mistake(
            "train { mode = averaging\n workers = 8 }",
            "train.workers is 8, but the 4 blocks",
            "Write train.batch-size = 256, of which each worker has 32."),
        mistake(
            "train.workers = 4",
            "x.conf:3: train.workers is 4, but train.mode gradient does not use it",
            "train.mode = averaging"),
        mistake("train.local-steps = 3", "train.local-steps is 3, but train.mode gradient"),
        mistake("train.optimiser-state = reset", "train.optimiser-state is reset, but train.mode"),
        mistake(
            "train { mode = averaging, workers = -1 }",
            "train.workers is -1; it must be at least 0 and at most 4096"),
        mistake("train.max-failed-fraction = 1.5", "at least 0 and at most 1"),
        mistake("data.header = perhaps", "data.header is perhaps; it must be true or false"),
        mistake(
            "data.test-fraction = 1", "data.test-fraction is 1; it must be at least 0 and below 1"),
        mistake(
            "data.test-fraction = 0\ntrain.evaluate-every = 2",
            "x.conf:4: train.evaluate-every is 2, but data.test-fraction 0 keeps no samples for"
                + " testing"),
        mistake(
            "data.label-column = -2",
            "data.label-column is -2; it must be a column counted from 0, or last"),
        mistake(
            "data.features = 4\ndata.label-column = 5",
            "x.conf:4: data.label-column is 5, but with data.features 4 the columns are 0 to 4",
            "last or 4"),
        mistake("data.classes = 1", "data.classes is 1; it must be at least 2"),
        mistake("data.path = \"\"", "data.path is \"\"; it must be a path, not empty"),
        mistake("data.delimiter = \"::\"", "data.delimiter is ::; it must be one character"),
        mistake("data.format = orc", "data.format is orc; it must be csv"),
        mistake(
            "model.hidden = [64, 0]",
            "model.hidden is [64,0]; it must be a list of whole numbers, each at least 1"),
        mistake("model.hidden = wide", "model.hidden is wide; it must be a list of whole numbers"),
        mistake(
            "model.activation = tahn",
            "model.activation is tahn; it must be tanh, sigmoid, softplus or relu",
            "Did you mean tanh?"),
        mistake(
            "solver.damping = 0.5", "solver.damping is 0.5; it must be above 0.5 and at most 1"),
        mistake(
            "solver.method = rk4\ngradient = reversible",
            "x.conf:4: gradient is reversible, but steps of solver.method rk4 cannot be undone",
            "gradient = checkpointed"),
        mistake(
            "solver.method = leapfrog", "solver.method is leapfrog; it must be euler, midpoint"),
        mistake(
            "gradient = reversible\nsolver.damping = 0.55",
            "x.conf:3: gradient is reversible, but with solver.damping 0.55",
            "gradient = checkpointed"),
        mistake(
            "solver.decay-rate = 20",
            "x.conf:3: solver.decay-rate is for coupled methods, but solver.method is alf",
            "solver.method = coupled-dopri5"),
        mistake(
            "solver { method = rk4\n when-unstable = switch }",
            "x.conf:4: solver.when-unstable is switch, which is for fixed steps of alf",
            "when-unstable = warn"),
        mistake(
            "gradient-states = 3",
            "x.conf:3: gradient-states is written, but only gradient = binomial",
            "gradient = binomial"),
        mistake(
            "solver { method = rk4\n damping = 0.8 }",
            "x.conf:4: solver.damping is 0.8, but only solver.method alf has damping"),
        mistake(
            "solver { exact = true\n damping = 0.8 }",
            "x.conf:3: solver.exact is true, but solver.damping 0.8 discards bits"),
        mistake(
            "solver { exact = true\n method = rk4 }",
            "x.conf:3: solver.exact is true, but steps of solver.method rk4"),
        mistake(
            "backend = reference\nprecision = float32",
            "x.conf:4: precision is float32, but backend reference works in float64 only"),
        mistake(
            "solver.stpes = 3",
            "x.conf:3: solver.stpes is no setting",
            "Did you mean solver.steps?"),
        mistake("steps = 3", "steps is no setting", "Did you mean solver.steps?"),
        mistake("trian { epochs = 3 }", "trian is no setting", "Did you mean train?"),
        mistake(
            "solver.colour = red",
            "solver.colour is no setting",
            "solver has method, steps, stepping"),
        mistake("colour = red", "colour is no setting", "Known are name, seed, out, data, model"),
        mistake("name = \"../escape\"", "name is ../escape; it must be 1 to 100 letters"),
        mistake("spark.master = yarm", "spark.master is yarm; it must be local[N]"),
        mistake("spark.master = \"local[0]\"", "spark.master is local[0]; it must be local[N]"),
        mistake("spark.partitions = 0", "spark.partitions is 0; it must be at least 1"),
        mistake("spark.conf = 3", "spark.conf is 3; it must be a section of keys and values"),
        mistake("spark.conf.spark.master = local", "spark.conf: spark.master has its own setting"),
        mistake(
            "spark.conf.executor.memory = 2g",
            "spark.conf: executor.memory is no setting of Spark"),
        mistake(
            "spark.conf.spark.driver.memory = 2g",
            "spark.conf: spark.driver.memory comes too late",
            "ANABRANCH_JAVA_OPTS"),
        mistake("solver { steps = 3", "it is not HOCON"),
        mistake(
            "seed = ${NO_SUCH_VARIABLE}",
            "x.conf:3: ${NO_SUCH_VARIABLE} is neither an environment variable nor a key",
            "${?NO_SUCH_VARIABLE}"),
        mistake(
            "seed = ${STEPS_SECRET}",
            "seed is <from environment variable STEPS_SECRET>; it must be a whole number"),
        mistake(
            "include \"/etc/hosts\"",
            "x.conf:3: include of '/etc/hosts': it lies outside the folder"),
        mistake(
            "include \"../other.conf\"",
            "x.conf:3: include of '../other.conf': it lies outside the folder"),
        mistake(
            "include file(\"/etc/hosts\")",
            "x.conf:3: include of '/etc/hosts': it lies outside the folder"),
        mistake(
            "include url(\"http://localhost:1/a.conf\")",
            "x.conf:3: include of 'http://localhost:1/a.conf': it is an address"),
        mistake(
            "include \"http://localhost:1/a.conf\"",
            "include of 'http://localhost:1/a.conf': it is an address"),
        mistake(
            "include classpath(\"reference.conf\")",
            "x.conf:3: include of 'reference.conf': it is on the class path"),
        mistake(
            "include \"absent.conf\"",
            "x.conf:3: include of 'absent.conf': there is no such file beside the configuration"));
  }

  private static Arguments mistake(String text, String... said) {
    return Arguments.of(text, List.of(said));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void saysWhereWhatAndWhatToDo(String text, List<String> said) throws IOException {
    String message = refusal(REQUIRED + text);
    assertThat(message).contains(said).doesNotContain("hunter2").doesNotContain("\tat ");
    assertThat(message.lines())
        .hasSize(1)
        .allMatch(
            line ->
                line.startsWith("conf/x.conf:")
                    || line.startsWith("environment variable STEPS_SECRET:"));
    assertThat(message).endsWith(message.endsWith("?") ? "?" : ".");
  }

  /** Text that is valid, however near it is to one that is not. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "solver.steps = 1",
        "solver.steps = \"12\"",
        "solver.steps = 1e3",
        "solver.steps = null",
        "seed = -7",
        "data.label-column = 0",
        "data.features = 4\ndata.label-column = 4",
        "data.test-fraction = 0",
        "data.test-fraction = 0.999",
        "data.delimiter = \"\\t\"",
        "data.max-bad-fraction = 1",
        "model.hidden = []",
        "model.hidden = [64, 32]",
        "train.block-size = 64",
        "train.batch-size = 32",
        "train.batch-size = 131072",
        "train { optimiser = sgd, momentum = 0.9 }",
        "train.checkpoint-every = 0",
        "train { optimiser = nesterov, momentum = 0.8 }",
        "train { optimiser = adabelief, beta1 = 0.8, epsilon = 1e-16 }",
        "train { optimiser = rmsprop, rho = 0.9, clip-norm = 1, clip-value = 0.1 }",
        "train { weight-decay = 0.1, average-from = 10 }",
        "train.class-weights = balanced",
        "train.class-weights = \"1, 0.5\"",
        "train.schedule { type = cosine, epochs = 7, lowest = 0.01, warm-up = 20 }",
        "train.schedule { type = step, every = 7, decay = 0.3 }",
        "data.validation-fraction = 0.1\ntrain { early-stopping = 3, metric = accuracy }",
        "solver { method = rk4, damping = 1 }",
        "solver { method = rk4, exact = false }",
        "solver.damping = 0.51",
        "solver.method = rk4\ngradient = checkpointed",
        "solver.method = tsit5\ngradient = direct",
        "solver { method = coupled-dopri5, steps = 2000 }\ngradient = reversible",
        "gradient = reversible\nsolver.exact = false",
        "spark.master = local",
        "spark.master = \"local[2,4]\"",
        "spark.master = \"local-cluster[2,1,1024]\"",
        "spark.master = \"spark://host:7077\"",
        "spark.conf { spark.executor.memory = 2g, spark.hadoop.fs.defaultFS = \"hdfs://h:1\" }",
        "seed = ${?NO_SUCH_VARIABLE}",
        "# a comment\nname = a.b-c_1"
      })
  void acceptsWhatIsNearAMistake(String text) throws IOException {
    assertThat(read(REQUIRED + text)).isNotNull();
  }

  @Test
  void tellsAllMistakesTogetherInTheOrderOfLines() throws IOException {
    String message =
        refusal("solver.stpes = 3\ntrain.epochs = 0\ndata.path = a.csv\nmodel.hidden = [0]");
    assertThat(message.lines().map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactly("conf/x.conf:", "conf/x.conf:1:", "conf/x.conf:2:", "conf/x.conf:4:");
    assertThat(message).contains("data.classes is missing. Write for example data.classes = 10.");
  }

  @Test
  void refusesAMissingFileAFolderAndAnEmptyFile() throws IOException {
    assertThat(refusalOf("conf/absent.conf"))
        .isEqualTo(
            "conf/absent.conf: there is no such file. Check the path; conf/digits.conf is one to"
                + " start from.");
    Files.createDirectories(folder.resolve("conf"));
    assertThat(refusalOf("conf")).isEqualTo("conf: it is a folder. Name the configuration in it.");
    assertThat(refusal("")).isEqualTo("conf/x.conf: it is empty. Start from conf/digits.conf.");
    assertThat(refusal("# nothing\n"))
        .isEqualTo("conf/x.conf: it is empty. Start from conf/digits.conf.");
  }

  @Test
  void namesTheIncludedFileInWhichAMistakeStands() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/base.conf"), "\nsolver.steps = 0\n");
    assertThat(refusal(REQUIRED + "include \"base.conf\""))
        .startsWith("conf/base.conf:2: solver.steps is 0;");
  }

  @Test
  void refusesALinkThatLeadsOutOfTheFolder() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Path outside = Files.writeString(folder.resolve("outside.conf"), "seed = 3\n");
    Files.createSymbolicLink(folder.resolve("conf/link.conf"), outside);
    assertThat(refusal(REQUIRED + "include \"link.conf\""))
        .contains("is a link to a file outside the folder");
  }

  @Test
  void commandLineWinsAndIsNamed() throws IOException {
    write(REQUIRED + "solver.steps = 5");
    TrainingConfiguration configuration =
        read(Overriding.parse("solver.steps=7"), Overriding.parse("model.hidden=8,9"));
    assertThat(configuration.solver().steps()).isEqualTo(7);
    assertThat(configuration.model().hidden()).containsExactly(8, 9);
    Mistake mistake =
        catchThrowableOfType(
            Mistake.class,
            () -> read(Overriding.parse("solver.steps=-3"), Overriding.parse("solvr.steps=3")));
    assertThat(mistake)
        .hasMessage(
            "command line: solver.steps is -3; it must be at least 1 and at most 10000000. Write"
                + " for example solver.steps = 10.\n"
                + "command line: solvr is no setting. Did you mean solver?");
  }

  @Test
  void commandLineValuesAreTextAndNeverHocon() throws IOException {
    write(REQUIRED);
    assertThat(read(Overriding.parse("data.path=hdfs://host:1/a b/c")).data().path())
        .isEqualTo("hdfs://host:1/a b/c");
    assertThat(read(Overriding.parse("data.path=${HOME}")).data().path()).isEqualTo("${HOME}");
    assertThat(read(Overriding.parse("spark.conf.spark.executor.memory=2g")).spark().conf())
        .containsEntry("spark.executor.memory", "2g");
  }

  @Test
  void refusesAnOverridingWithoutKey() {
    for (String text : List.of("solver.steps", "=3", ".steps=3", "solver..steps=3")) {
      assertThat(catchThrowableOfType(Mistake.class, () -> Overriding.parse(text)))
          .hasMessage(
              "command line: '%s' is not key=value. Write for example solver.steps=20."
                  .formatted(text));
    }
  }

  @Test
  void fillsInWhatNobodyWrote() throws IOException {
    TrainingConfiguration configuration = read(REQUIRED);
    assertThat(configuration.name()).isEqualTo("x");
    assertThat(configuration.out()).isEqualTo("runs/x");
    assertThat(configuration.data().features()).isZero();
    assertThat(configuration.data().labelColumn()).isEqualTo(-1);
    assertThat(configuration.solver().method()).isEqualTo("alf");
    assertThat(configuration.solver().exact()).isTrue();
    assertThat(configuration.gradient()).isEqualTo(Gradient.AUTOMATIC);
    assertThat(configuration.train().rule().optimiser()).isEqualTo(Optimiser.ADAM);
    assertThat(configuration.train().blocksPerBatch()).isEqualTo(4);
    assertThat(configuration.spark().masterWritten()).isFalse();
  }

  @Test
  void theVectorUnitWorksInFloat32UnlessSomebodySaysFloat64() throws IOException {
    assertThat(ModelSettings.backend(read(REQUIRED))).isEqualTo("simd");
    assertThat(ModelSettings.backend(read(REQUIRED + "precision = float64")))
        .isEqualTo("simd-float64");
    assertThat(ModelSettings.backend(read(REQUIRED + "backend = reference")))
        .isEqualTo("reference");
  }

  @Test
  void onlyAnUndampedLeapfrogIsExact() throws IOException {
    assertThat(read(REQUIRED + "solver.damping = 0.9").solver().exact()).isFalse();
    assertThat(read(REQUIRED + "solver.method = rk4").solver().exact()).isFalse();
  }

  @Test
  void aRelativePathStartsWhereItIsWritten() throws IOException {
    assertThat(read("data.path = ../data/x.csv\ndata.classes = 2").data().path())
        .isEqualTo("data/x.csv");
    write(REQUIRED);
    assertThat(read(Overriding.parse("data.path=y.csv")).data().path()).isEqualTo("y.csv");
    assertThat(read(Overriding.parse("data.path=/a/y.csv")).data().path()).isEqualTo("/a/y.csv");
    assertThat(reader(folder.resolve("conf")).read(Path.of("x.conf"), List.of()).data().path())
        .isEqualTo("x.csv");
  }

  @Test
  void digitsAreValidFromEveryWorkingFolder() {
    Path digits = Path.of("../conf/digits.conf").toAbsolutePath().normalize();
    TrainingConfiguration configuration = reader(folder).read(digits, List.of());
    assertThat(Path.of(configuration.data().path())).exists();
    assertThat(configuration.name()).isEqualTo("digits");
  }

  @Test
  void valuesOfTheEnvironmentAreUsedAndShownByName() throws IOException {
    TrainingConfiguration configuration =
        read(
            "data.path = \"/a/\"${PLACE_SECRET}\"/b\"\ndata.classes = ${CLASSES}\nspark.conf.spark.x = ${PLACE_SECRET}\nspark.conf.spark.password = open");
    assertThat(configuration.data().path()).isEqualTo("/a/hunter2/b");
    assertThat(configuration.data().classes()).isEqualTo(3);
    assertThat(configuration.spark().conf()).containsEntry("spark.x", "hunter2");
    String recorded =
        String.join("\n", configuration.settings().stream().map(Setting::line).toList());
    assertThat(recorded)
        .doesNotContain("hunter2")
        .doesNotContain("open")
        .contains(
            "data.path = \"/a/\"${PLACE_SECRET}\"/b\"",
            "data.classes = ${CLASSES}",
            "\"spark.x\" = ${PLACE_SECRET}",
            "<redacted>");
    assertThat(configuration.settings().toString()).contains("<from environment variable CLASSES>");
  }

  @Test
  void whatIsRecordedGivesTheSameConfigurationAgain() throws IOException {
    for (String text :
        List.of(
            "",
            "solver.damping = 0.9",
            "data.test-fraction = 0",
            "train { optimiser = sgd, momentum = 0.5 }",
            "train { optimiser = adadelta, class-weights = [1, 2.5] }",
            "train { optimiser = adamw, schedule { type = cosine, warm-up = 7 } }",
            "train { optimiser = nesterov, schedule.type = exponential }",
            "data.validation-fraction = 0.1\ntrain { schedule.type = plateau, keep-best = true }",
            "spark.conf { spark.a = 1, spark.b = \"x y\" }\nspark.partitions = 3",
            "model.hidden = []",
            "data { format = idx, labels = /y, test-path = /t, test-labels = /u }",
            "data { format = images, image-size = 8, image-channels = 1 }",
            "data.delimiter = \"\\t\"")) {
      TrainingConfiguration first = read(REQUIRED + text);
      TrainingConfiguration second =
          read(String.join("\n", first.settings().stream().map(Setting::line).toList()));
      assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
      assertThat(second)
          .describedAs(text)
          .usingRecursiveComparison()
          .ignoringFields("settings", "spark.masterWritten", "data.path")
          .isEqualTo(first);
    }
  }

  @Test
  void fingerprintFollowsWhatHasAPartInTheResult() throws IOException {
    String first = read(REQUIRED).fingerprint();
    assertThat(read(REQUIRED + "seed = 2").fingerprint()).isNotEqualTo(first);
    assertThat(read(REQUIRED + "model.hidden = [65]").fingerprint()).isNotEqualTo(first);
    assertThat(read(REQUIRED + "train.epochs = 11").fingerprint()).isEqualTo(first);
    assertThat(read(REQUIRED + "spark.partitions = 3\nout = elsewhere").fingerprint())
        .isEqualTo(first);
    assertThat(read(REQUIRED + "solver.steps = 10").fingerprint()).isEqualTo(first);
    assertThat(read(REQUIRED + "train.weight-decay = 0.1").fingerprint()).isNotEqualTo(first);
  }

  /** Of a cosine over all epochs their number has a part in the result; of others it has none. */
  @Test
  void fingerprintFollowsTheEpochsOnlyWhereTheScheduleDoes() throws IOException {
    String cosine = REQUIRED + "train.schedule.type = cosine, ";
    assertThat(read(cosine + "train.epochs = 11").fingerprint())
        .isNotEqualTo(read(cosine).fingerprint());
    String fixed = cosine + "train.schedule.epochs = 10, ";
    assertThat(read(fixed + "train.epochs = 11").fingerprint())
        .isEqualTo(read(cosine).fingerprint());
  }

  @Test
  void defaultsFollowTheOptimiser() throws IOException {
    var adamw = read(REQUIRED + "train.optimiser = adamw").train().rule();
    assertThat(adamw.weightDecay()).isEqualTo(0.01);
    assertThat(adamw.epsilon()).isEqualTo(1e-8);
    assertThat(read(REQUIRED).train().rule().weightDecay()).isZero();
    assertThat(adamw.decayBiases()).isTrue();
    var adadelta = read(REQUIRED + "train.optimiser = adadelta").train().rule();
    assertThat(adadelta.learningRate()).isEqualTo(1);
    assertThat(adadelta.epsilon()).isEqualTo(1e-6);
    var nesterov = read(REQUIRED + "train.optimiser = nesterov").train().rule();
    assertThat(nesterov.momentum()).isEqualTo(0.9);
    assertThat(read(REQUIRED + "train.optimiser = adabelief").train().rule().epsilon())
        .isEqualTo(1e-14);
  }

  private ConfigurationReader reader(Path workingFolder) {
    Map<String, String> variables =
        Map.of("PLACE_SECRET", "hunter2", "STEPS_SECRET", "hunter2", "CLASSES", "3");
    return new ConfigurationReader(new Environment(variables::get), workingFolder);
  }

  private void write(String text) throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/x.conf"), text);
  }

  private TrainingConfiguration read(Overriding... overridings) {
    return reader(folder).read(Path.of("conf/x.conf"), List.of(overridings));
  }

  private TrainingConfiguration read(String text) throws IOException {
    write(text);
    return read();
  }

  private String refusal(String text) throws IOException {
    write(text);
    return refusalOf("conf/x.conf");
  }

  private String refusalOf(String file) {
    Mistake mistake =
        catchThrowableOfType(Mistake.class, () -> reader(folder).read(Path.of(file), List.of()));
    assertThat(mistake).isNotNull();
    return mistake.getMessage();
  }
}
