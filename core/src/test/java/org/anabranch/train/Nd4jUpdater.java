package org.anabranch.train;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/** Parameters that a rule of ND4J moves, in one of its number types. */
final class Nd4jUpdater {
  private final DataType type;
  private final INDArray parameters;
  private final GradientUpdater<?> updater;
  private int iteration;

  private Nd4jUpdater(DataType type, IUpdater rule, double[] start) {
    this.type = type;
    parameters = row(start);
    long state = rule.stateSize(start.length);
    // A rule without state wants no array for it.
    updater = rule.instantiate(state == 0 ? null : Nd4j.zeros(type, 1, state), true);
  }

  /** Skips the test where ND4J's natives are not on the class path. */
  static Nd4jUpdater of(DataType type, IUpdater rule, double[] start) {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        platform.equals("Linux amd64"),
        () -> "ND4J is on the class path for Linux amd64 alone, this is %s".formatted(platform));
    // 400 MB of natives are unpacked where `mvn clean` finds them, not in the home directory.
    System.setProperty(
        "org.bytedeco.javacpp.cachedir", Path.of("target", "javacpp").toAbsolutePath().toString());
    return new Nd4jUpdater(type, rule, start);
  }

  private INDArray row(double[] numbers) {
    return Nd4j.createFromArray(numbers).castTo(type).reshape(1, numbers.length);
  }

  /** As DL4J does it: the updater turns the gradient into what is subtracted. */
  void apply(double[] gradient) {
    INDArray update = row(gradient);
    updater.applyUpdater(update, iteration++, 0);
    parameters.subi(update);
  }

  double[] parameters() {
    return parameters.dup().data().asDouble();
  }

  double[] state(String name) {
    return updater.getState().get(name).dup().data().asDouble();
  }
}
