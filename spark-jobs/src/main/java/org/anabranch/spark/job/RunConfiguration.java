package org.anabranch.spark.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.node.FrozenStem;
import org.anabranch.model.node.NeuralOdeClassifier;
import org.anabranch.model.paths.PathModel;
import org.anabranch.train.RunFolder;
import org.anabranch.train.Safetensors;
import org.anabranch.train.Tensor;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;

/**
 * A run that left its folder, for the commands that take it up.
 *
 * @param location what the user called the folder
 */
record RunConfiguration(String location, RunFolder folder) {
  /**
   * The run in a folder, on any Hadoop file system.
   *
   * @throws Mistake if the folder holds no run
   */
  static RunConfiguration of(String location) throws IOException {
    RunFolder folder =
        OutFolder.ofARun(location, () -> SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    return new RunConfiguration(location, folder);
  }

  /**
   * The configuration that it left.
   *
   * @param settings of the command line, {@code key=value}; they win
   * @param master of the command line
   */
  TrainingConfiguration read(List<String> settings, @Nullable String master) throws IOException {
    List<Overriding> overridings = new ArrayList<>();
    settings.forEach(text -> overridings.add(Overriding.parse(text)));
    String source = Overriding.COMMAND_LINE;
    overridings.add(new Overriding(Settings.OUT.key(), location, source + " (RUN)"));
    if (master != null) {
      overridings.add(new Overriding(Settings.SPARK_MASTER.key(), master, source + " (--master)"));
    }
    requireFile(RunFiles.CONFIGURATION, "it is no folder of a run. Name the one that --out gave");
    // HOCON is read from a file, so that errors name it and includes are found beside it.
    Path copy = Files.createTempDirectory("anabranch-run-").resolve(RunFiles.CONFIGURATION);
    try {
      Files.write(copy, folder.read(RunFiles.CONFIGURATION));
      return ConfigurationReader.ofProcess().read(copy, overridings);
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(folderOf(copy));
    }
  }

  private static Path folderOf(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new AssertionError("a temporary file lies in a folder");
    }
    return parent;
  }

  /** The model that it trained, without the parameters' values. */
  NeuralOdeClassifier model() throws IOException {
    requireFile(RunFiles.MODEL, "the run has not ended yet. Let it end, or resume it");
    try {
      return NeuralOdeClassifier.parse(
          new String(folder.read(RunFiles.MODEL), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Mistake(location + ": " + e.getMessage(), e);
    }
  }

  /** The model of paths that it trained, without the parameters' values. */
  PathModel pathModel() throws IOException {
    requireFile(RunFiles.MODEL, "the run has not ended yet. Let it end, or resume it");
    try {
      return PathModels.parse(new String(folder.read(RunFiles.MODEL), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Mistake(location + ": " + e.getMessage(), e);
    }
  }

  /**
   * The stem of its model, opened; null if that has none.
   *
   * @throws Mistake if the file is not the one that the model was trained with, or DL4J is missing
   */
  @Nullable Stem stem(NeuralOdeClassifier model) throws IOException {
    FrozenStem described = model.stem();
    if (described == null) {
      return null;
    }
    Stem stem = RunStem.ofModel(folder, described);
    stem.open();
    return stem;
  }

  /** The values of a model's parameters, in the order of its layout. */
  double[] parameters(ParameterLayout layout) throws IOException {
    requireFile(RunFiles.PARAMETERS, "the run has not ended yet. Let it end, or resume it");
    String file = location + "/" + RunFiles.PARAMETERS;
    Map<String, Tensor> tensors =
        Safetensors.read(folder.read(RunFiles.PARAMETERS), file).tensors();
    double[] values = new double[layout.size()];
    for (ParameterLayout.View view : layout.views()) {
      Tensor tensor = tensors.get(view.name());
      if (tensor == null || !tensor.shape().equals(view.shape().extents())) {
        throw new Mistake(
            "%s: the tensor '%s' is %s, but model.json needs %s. Use the files of one run."
                .formatted(
                    file, view.name(), tensor == null ? "missing" : tensor.shape(), view.shape()));
      }
      System.arraycopy(numbers(tensor), 0, values, view.offset(), view.size());
    }
    return values;
  }

  private static double[] numbers(Tensor tensor) {
    if (tensor.type() == Tensor.Type.F64) {
      return tensor.doubles();
    }
    float[] rounded = tensor.floats();
    double[] numbers = new double[rounded.length];
    Arrays.setAll(numbers, i -> rounded[i]);
    return numbers;
  }

  private void requireFile(String name, String otherwise) throws IOException {
    if (!folder.exists(name)) {
      throw new Mistake("%s: there is no %s in it, so %s.".formatted(location, name, otherwise));
    }
  }
}
