package io.cleave.policies.learning;

/**
 * What makes it harder for a network to learn, for a reason.
 *
 * @param lasso draws filters to zero that are to go
 * @param cuts where something crosses that does not come through whole
 */
public record Handicap(GroupLasso lasso, CodedCuts cuts) {
  /** Nothing does. */
  public static Handicap none() {
    return new Handicap(GroupLasso.none(), CodedCuts.none());
  }

  /** Filters are drawn to zero. */
  public static Handicap of(GroupLasso lasso) {
    return new Handicap(lasso, CodedCuts.none());
  }

  /** Tensors cross. */
  public static Handicap of(CodedCuts cuts) {
    return new Handicap(GroupLasso.none(), cuts);
  }
}
