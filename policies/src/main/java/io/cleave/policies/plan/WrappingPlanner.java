package io.cleave.policies.plan;

import java.util.List;

/** Changes what another planner plans, and knows what that one knows. */
public abstract class WrappingPlanner implements Planner {
  private final Planner wrapped;

  protected WrappingPlanner(Planner wrapped) {
    this.wrapped = wrapped;
  }

  /** Whose plans are changed. */
  protected final Planner wrapped() {
    return wrapped;
  }

  /** The same around another one. */
  protected abstract Planner wrapping(Planner other);

  @Override
  public double[] learned(Observation seen, int node, List<Plan> plans) {
    return wrapped.learned(seen, node, plans);
  }

  @Override
  public List<Influence> influences(Observation seen, int node, Plan plan) {
    return wrapped.influences(seen, node, plan);
  }

  @Override
  public List<LearningPoint> learningCurve() {
    return wrapped.learningCurve();
  }

  @Override
  public Guarded guarded() {
    return wrapped.guarded();
  }

  @Override
  public Planner cautious() {
    Planner cautious = wrapped.cautious();
    return cautious == wrapped ? this : wrapping(cautious);
  }

  @Override
  public boolean knowsExits() {
    return wrapped.knowsExits();
  }
}
