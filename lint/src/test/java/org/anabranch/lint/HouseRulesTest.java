package org.anabranch.lint;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("org.anabranch");

  static Stream<Arguments> refused() {
    return Stream.of(
        row(HouseRules::noDrawers, "field.ShapeUtils", "ShapeUtils is named like a drawer"),
        row(HouseRules::vectorsOnlyInSimd, "field.BreaksHouseRules", "jdk.incubator.fake.Lane"),
        row(HouseRules::noSpark, "field.BreaksHouseRules", "org.apache.spark.Fake"),
        row(HouseRules::noStandardStreams, "field.BreaksHouseRules", "System.out"),
        row(HouseRules::noStatefulRandomness, "field.BreaksHouseRules", "java.util.Random"),
        row(HouseRules::noStatefulRandomness, "field.DrawsFromMath", "Math.random()"),
        row(HouseRules::everyPackageSaysWhatItIsFor, "nowhere.Lost", "package-info.java"),
        row(HouseRules::testsAreFound, "field.ManyChecks", "does not end in Test"));
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        row(HouseRules::noDrawers, "field.Commonplace", ""),
        row(HouseRules::vectorsOnlyInSimd, "backend.simd.OpensTheDoor", ""),
        row(HouseRules::noSpark, "field.Commonplace", ""),
        row(HouseRules::noStandardStreams, "spark.job.Speaks", ""),
        row(HouseRules::noStatefulRandomness, "spark.job.Speaks", ""),
        row(HouseRules::everyPackageSaysWhatItIsFor, "field.Commonplace", ""),
        row(HouseRules::testsAreFound, "lint.LayeringTest", ""));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatBreaksTheRule(Supplier<ArchRule> rule, String type, String reason) {
    assertThat(failures(rule, type)).contains(reason);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void acceptsTheNearMiss(Supplier<ArchRule> rule, String type, String reason) {
    assertThat(failures(rule, type)).isEqualTo(reason);
  }

  private static Arguments row(Supplier<ArchRule> rule, String type, String reason) {
    return Arguments.of(rule, "org.anabranch." + type, reason);
  }

  private static String failures(Supplier<ArchRule> rule, String type) {
    JavaClasses one = ALL.that(have(name(type)));
    assertThat(one).hasSize(1);
    return String.join("\n", rule.get().evaluate(one).getFailureReport().getDetails());
  }
}
