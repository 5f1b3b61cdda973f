package org.anabranch.train.dl4j;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;

/**
 * Which layers may stand in a pipeline: those that are a function of parameters and input, row by
 * row, and whose whole training is their gradient.
 */
final class PureLayers {
  private static final Set<Class<? extends Layer>> KNOWN =
      Set.of(
          DenseLayer.class,
          ActivationLayer.class,
          ConvolutionLayer.class,
          SubsamplingLayer.class,
          GlobalPoolingLayer.class);

  private PureLayers() {}

  static void require(String network, List<Layer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      String fault = fault(layers.get(i));
      if (!fault.isEmpty()) {
        throw new IllegalArgumentException(
            "Dl4jNetwork '%s': layer %d, a %s, %s"
                .formatted(network, i, layers.get(i).getClass().getSimpleName(), fault));
      }
    }
  }

  private static String fault(Layer layer) {
    if (!KNOWN.contains(layer.getClass())) {
      return "is not known to be a function of parameters and input alone. Use %s; the loss is ours, so leave an output layer out."
          .formatted(KNOWN.stream().map(Class::getSimpleName).sorted().toList());
    }
    if (layer.getIDropout() != null) {
      return "has dropout, and a gradient must be a pure function. Take the dropout out.";
    }
    if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
      return "has constraints, which DL4J's own training alone applies. Take them out.";
    }
    if (layer instanceof ActivationLayer plain && isRandom(plain.getActivationFn())) {
      return "has a random slope. Use LEAKYRELU.";
    }
    return layer instanceof BaseLayer base ? fault(base) : "";
  }

  private static String fault(BaseLayer layer) {
    if (isRandom(layer.getActivationFn())) {
      return "has a random slope. Use LEAKYRELU.";
    }
    if (layer.getWeightNoise() != null) {
      return "has weight noise, and a gradient must be a pure function. Take the noise out.";
    }
    if (isPresent(layer.getRegularization()) || isPresent(layer.getRegularizationBias())) {
      return "has regularisation (l1, l2 or weight decay), which DL4J's own updater alone applies. Take it out.";
    }
    GradientNormalization normalization = layer.getGradientNormalization();
    if (normalization != null && normalization != GradientNormalization.None) {
      return "normalises gradients, which DL4J's own updater alone does. Take %s out."
          .formatted(normalization);
    }
    return "";
  }

  private static boolean isRandom(IActivation activation) {
    return activation instanceof ActivationRReLU;
  }

  private static boolean isPresent(List<?> rules) {
    return rules != null && !rules.isEmpty();
  }
}
