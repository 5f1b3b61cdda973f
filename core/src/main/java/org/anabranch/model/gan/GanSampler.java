package org.anabranch.model.gan;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.graph.Type;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.TiledSampler;

/** Draws paths from a generator. */
record GanSampler(GeneratorTile generator, List<Buffer> values) implements TiledSampler.Tile {
  static PathSampler sampler(SdeGan model, Backend backend, int rows) {
    Parameters parameters = backend.parameters(model.layout());
    Accumulators unused = backend.accumulators(model.layout());
    List<Buffer> values = new ArrayList<>();
    for (int time = 0; time < model.shape().length(); time++) {
      values.add(backend.buffer(Type.perSample(model.shape().width()), rows));
    }
    return new TiledSampler(
        model.shape(),
        model.scales(),
        model.covariateScales(),
        parameters,
        seed ->
            new GanSampler(
                new GeneratorTile(model, backend, seed, values::get, parameters, unused, rows),
                values),
        rows);
  }

  @Override
  public void draw(long[] ids, float[] covariates) {
    generator.forward(ids, covariates);
  }

  @Override
  public Buffer value(int time) {
    return values.get(time);
  }
}
