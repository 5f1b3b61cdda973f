package org.anabranch.lint;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The order of the packages: each may import itself and what stands before it, so that there are no
 * cycles either. A package that is named in no layer belongs to the nearest one above it that is:
 * {@code model.node} to {@code model}.
 *
 * <p>Packages of the same layer do not know one another. That is meant for the back ends; whoever
 * needs two of them stands after them.
 */
public final class Layering {
  private static final String ROOT = "org.anabranch.";

  /** First to last, names relative to {@code org.anabranch}. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("graph"),
          List.of("backend"),
          List.of("backend.reference", "backend.simd", "backend.nd4j", "backend.gpu"),
          List.of("random"),
          List.of("control"),
          List.of("field"),
          List.of("nn"),
          List.of("solver"),
          List.of("gradient"),
          List.of("train"),
          List.of("check"),
          List.of("model"),
          List.of("spark.data"),
          List.of("spark.averaging"),
          List.of("spark.ml", "spark.sweep"),
          List.of("spark.report"),
          List.of("spark.job"),
          List.of("bench"));

  private Layering() {}

  /**
   * Every class of Anabranch stands in a layer and imports only from its own package and earlier
   * layers.
   */
  public static ArchRule order() {
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage("org.anabranch..")
        .should(new ImportOnlyEarlierLayers())
        .allowEmptyShould(true);
  }

  /** Packages below one layer, such as those of {@code model}, have no cycles among themselves. */
  public static ArchRule noCycles() {
    return slices().matching("org.anabranch.(**)").should().beFreeOfCycles().allowEmptyShould(true);
  }

  /** The layer's name, or nothing if neither the package nor one around it stands in the list. */
  static Optional<String> room(String packageName) {
    String name = packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()) : "";
    while (!name.isEmpty()) {
      if (layer(name) >= 0) {
        return Optional.of(name);
      }
      name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
    return Optional.empty();
  }

  private static int layer(String room) {
    return IntStream.range(0, LAYERS.size())
        .filter(index -> LAYERS.get(index).contains(room))
        .findFirst()
        .orElse(-1);
  }

  private static boolean mayImport(String from, String to) {
    return from.equals(to) || layer(to) < layer(from);
  }

  private static final class ImportOnlyEarlierLayers extends ArchCondition<JavaClass> {
    ImportOnlyEarlierLayers() {
      super("import only packages earlier in the order of Layering");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Optional<String> from = room(type.getPackageName());
      if (from.isEmpty()) {
        events.add(
            SimpleConditionEvent.violated(
                type,
                "%s: package %s stands in no layer; add it to LAYERS of %s"
                    .formatted(type.getName(), type.getPackageName(), Layering.class.getName())));
        return;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        room(dependency.getTargetClass().getBaseComponentType().getPackageName())
            .filter(to -> !mayImport(from.get(), to))
            .ifPresent(
                to ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type,
                            "%s may not know %s: %s"
                                .formatted(from.get(), to, dependency.getDescription()))));
      }
    }
  }
}
