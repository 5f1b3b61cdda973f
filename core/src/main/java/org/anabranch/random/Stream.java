package org.anabranch.random;

/**
 * What random numbers are for. Numbers of different streams are independent, so a new use of
 * randomness gets a new constant and leaves all other numbers as they were.
 */
public enum Stream {
  /** First values of parameters: sample = parameter tensor, component = place in it. */
  INITIALISER(1),
  /** The packing of samples into blocks. */
  BLOCKS(2),
  /** The order of blocks within an epoch. */
  EPOCH(3),
  /** The division of samples into training and test sets. */
  SPLIT(4),
  /** Brownian increments. */
  BROWNIAN(5),
  /** Noise added to inputs. */
  AUGMENTATION(6),
  /** Choices of hyperparameters. */
  SEARCH(7),
  /** Data made by a formula, as in tests and benchmarks. */
  SYNTHETIC(8),
  /** Space-time Lévy areas of Brownian motions. */
  BROWNIAN_AREA(9),
  /** What generated paths start from. */
  INITIAL_NOISE(10);

  private final int id;

  /** Ids are part of the numerics: never change or reuse one. */
  Stream(int id) {
    this.id = id;
  }

  public int id() {
    return id;
  }
}
