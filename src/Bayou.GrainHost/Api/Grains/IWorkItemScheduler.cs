namespace Orleans.Runtime;

/// <summary>Runs work in order, one piece at a time.</summary>
public interface IWorkItemScheduler
{
    /// <summary>Runs the action as a turn of its own.</summary>
    /// <param name="action">The action.</param>
    void QueueAction(Action action);

    /// <summary>Starts the task as a turn of its own.</summary>
    /// <param name="task">A task that was not started.</param>
    void QueueTask(Task task);
}
