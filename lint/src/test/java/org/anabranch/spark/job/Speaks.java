package org.anabranch.spark.job;

/** May write to standard output. */
final class Speaks {
  void speak() {
    System.out.println("done");
  }
}
