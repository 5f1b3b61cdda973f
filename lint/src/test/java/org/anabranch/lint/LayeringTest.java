package org.anabranch.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayeringTest {
  private static final String BASE = "org.anabranch.";

  @Test
  void refusesAnImportOfALaterLayer() throws ClassNotFoundException {
    assertThat(violations(Layering.order(), "graph.KnowsTraining"))
        .singleElement()
        .asString()
        .contains("graph may not know train", "KnowsGraph");
  }

  @Test
  void acceptsAnImportOfAnEarlierLayer() throws ClassNotFoundException {
    assertThat(violations(Layering.order(), "train.KnowsGraph")).isEmpty();
  }

  @Test
  void refusesThatOneBackEndKnowsAnother() throws ClassNotFoundException {
    assertThat(violations(Layering.order(), "backend.simd.KnowsOracle"))
        .singleElement()
        .asString()
        .contains("backend.simd may not know backend.reference");
  }

  @Test
  void acceptsThatABackEndKnowsTheGraph() throws ClassNotFoundException {
    assertThat(violations(Layering.order(), "backend.reference.Oracle")).isEmpty();
  }

  @Test
  void refusesAPackageThatStandsInNoLayer() throws ClassNotFoundException {
    assertThat(violations(Layering.order(), "nowhere.Lost"))
        .singleElement()
        .asString()
        .contains("org.anabranch.nowhere stands in no layer", "add it to LAYERS");
  }

  @Test
  void refusesACycle() throws ClassNotFoundException {
    List<String> cycle =
        violations(Layering.noCycles(), "graph.KnowsTraining", "train.KnowsGraph", "graph.Early");
    assertThat(cycle).singleElement().asString().contains("Cycle detected");
  }

  @Test
  void aPackageBelongsToTheNearestLayerAroundIt() {
    assertThat(Layering.room("org.anabranch.model.node")).contains("model");
    assertThat(Layering.room("org.anabranch.backend.simd")).contains("backend.simd");
    assertThat(Layering.room("org.anabranch.modelling")).isEmpty();
    assertThat(Layering.room("java.util")).isEmpty();
  }

  private static List<String> violations(ArchRule rule, String... names)
      throws ClassNotFoundException {
    Class<?>[] classes = new Class<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      classes[i] = Class.forName(BASE + names[i]);
    }
    return rule.evaluate(new ClassFileImporter().importClasses(classes))
        .getFailureReport()
        .getDetails();
  }
}
