package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdaBeliefUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Parameters that a rule of ND4J moves, in one of its number types. */
final class Nd4jUpdater {
  private final DataType type;
  private final INDArray parameters;
  private final GradientUpdater<?> updater;
  private @Nullable Regularization regularization;
  private double rateOfRegularization;
  private int iteration;

  private Nd4jUpdater(DataType type, IUpdater rule, double[] start) {
    this.type = type;
    parameters = row(start);
    long state = rule.stateSize(start.length);
    // A rule without state wants no array for it.
    INDArray view = state == 0 ? null : Nd4j.zeros(type, 1, state);
    updater =
        rule instanceof AdaBelief belief ? updater(belief, view) : rule.instantiate(view, true);
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

  /** AdaBelief.instantiate of 1.0.0-M2.1 reads the second extent of a vector. */
  private static GradientUpdater<?> updater(AdaBelief rule, INDArray view) {
    AdaBeliefUpdater updater = new AdaBeliefUpdater(rule);
    updater.setStateViewArray(view, new long[] {1, view.length() / 2}, 'c', true);
    return updater;
  }

  private INDArray row(double[] numbers) {
    return Nd4j.createFromArray(numbers).castTo(type).reshape(1, numbers.length);
  }

  /**
   * This with what DL4J applies after the rule.
   *
   * @param rate the learning rate that DL4J hands over
   */
  Nd4jUpdater regularised(Regularization added, double rate) {
    assertThat(added.applyStep()).isEqualTo(Regularization.ApplyStep.POST_UPDATER);
    regularization = added;
    rateOfRegularization = rate;
    return this;
  }

  /** As DL4J does it: the updater turns the gradient into what is subtracted. */
  void apply(double[] gradient) {
    INDArray update = row(gradient);
    updater.applyUpdater(update, iteration, 0);
    if (regularization != null) {
      regularization.apply(parameters, update, rateOfRegularization, iteration, 0);
    }
    iteration++;
    parameters.subi(update);
  }

  double[] parameters() {
    return parameters.dup().data().asDouble();
  }

  double[] state(String name) {
    return updater.getState().get(name).dup().data().asDouble();
  }
}
