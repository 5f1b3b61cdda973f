package org.anabranch.field;

import java.util.Random;
import jdk.incubator.fake.Lane;
import org.apache.spark.Fake;

/** Breaks each rule of the house that is not about names. */
final class BreaksHouseRules {
  private final Random random = new Random();

  BreaksHouseRules(Lane lane, Fake spark) {}

  void shout() {
    System.out.println(random.nextInt());
  }
}
