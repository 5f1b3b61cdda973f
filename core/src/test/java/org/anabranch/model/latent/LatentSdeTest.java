package org.anabranch.model.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.paths.ChannelScales;
import org.anabranch.model.paths.PathShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatentSdeTest {
  @Test
  void itsDescriptionReadsBackAsItself() {
    LatentSde model = SmallModel.of("reversible-heun", "automatic");
    assertThat(LatentSde.parse(model.toJson())).isEqualTo(model);
    assertThat(model.toJson()).contains("\"type\" : \"latent-sde\"").contains("\"GRU\"");
  }

  @Test
  void anotherModelsDescriptionIsRefused() {
    String other = SmallModel.of("heun", "direct").toJson().replace("latent-sde", "sde-gan");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatentSde.parse(other))
        .withMessageContaining("type is 'sde-gan', expected 'latent-sde'");
  }

  @Test
  void parametersStartAsPyTorchsLayersDo() {
    LatentSde model = SmallModel.of("euler-maruyama", "direct");
    double[] initial = model.initial(3);
    assertThat(largest(model, initial, "encoder.gru.input.weight")).isBetween(0.35, 0.5);
    assertThat(largest(model, initial, "encoder.gru.hidden.bias")).isBetween(0.35, 0.5);
    // 4 hidden units; 3 of the state, 3 of the context, the covariate and time
    assertThat(largest(model, initial, "posterior.0.weight")).isBetween(0.3, 1 / Math.sqrt(8));
    assertThat(largest(model, initial, "posterior.1.bias")).isBetween(0.25, 0.5);
    assertThat(largest(model, initial, "diffusion.0.weight")).isBetween(0.75, 1.0);
    assertThat(largest(model, initial, "diffusion.1.weight")).isBetween(0.4, 1 / Math.sqrt(3));
    assertThat(largest(model, initial, "prior.start")).isZero();
    assertThat(model.initial(3)).containsExactly(initial);
    assertThat(model.initial(4)).isNotEqualTo(initial);
  }

  private static double largest(LatentSde model, double[] values, String prefix) {
    double largest = 0;
    for (ParameterLayout.View view : model.layout().views()) {
      for (int i = view.offset(); i < view.offset() + view.size(); i++) {
        largest = view.name().startsWith(prefix) ? Math.max(largest, Math.abs(values[i])) : largest;
      }
    }
    return largest;
  }

  @Test
  void timesThatAreNotEquallyFarApartAreRefused() {
    PathShape uneven = new PathShape(List.of(0.0, 1.0, 3.0), List.of("y"), List.of());
    LatentSde small = SmallModel.of("heun", "direct");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LatentSde(
                    uneven,
                    ChannelScales.none(1),
                    ChannelScales.none(0),
                    small.equation(),
                    small.encoder(),
                    small.objective(),
                    1,
                    "heun",
                    "direct"))
        .withMessageContaining("time 1 is 1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"backprop", "binomial"})
  void gradientsThatItHasNotAreRefused(String gradient) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallModel.of("heun", gradient))
        .withMessageContaining("the gradient is '" + gradient + "'");
  }

  @Test
  void methodsThatDoNotSolveItAreRefusedBeforeAnyWork() {
    LatentSde model = SmallModel.of("sra1", "direct");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.workers("simd", 4, 1))
        .withMessageContaining("sra1");
  }

  @Test
  void aDeviationOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectiveSettings(0, 1, 0, 0))
        .withMessageContaining("the deviation of observations is 0.0");
  }
}
