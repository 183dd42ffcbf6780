using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Makes a class for each grain interface whose methods pack their arguments and hand them to <see cref="GrainReference"/>.</summary>
internal static class ProxyFactory
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private static readonly Lock s_lock = new();
    private static readonly HashSet<string> s_opened = [];
    private static readonly ModuleBuilder s_module = CreateModule(out s_assembly);
    private static readonly AssemblyBuilder s_assembly;

    public static Func<CallRuntime, GrainInterface, GrainId, GrainReference> Compile(GrainInterface grainInterface)
    {
        lock (s_lock)
        {
            Open(typeof(ProxyFactory).Assembly.GetName().Name!);
            foreach (var type in grainInterface.Type.GetInterfaces().Prepend(grainInterface.Type)) Open(type.Assembly.GetName().Name!);
            foreach (var method in grainInterface.Methods)
            {
                foreach (var type in method.ParameterTypes.Append(method.ResultType)) Open(type.Assembly.GetName().Name!);
            }

            var builder = s_module.DefineType(
                $"Proxy{s_module.GetTypes().Length}_{grainInterface.Type.Name}",
                TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [grainInterface.Type]);
            var create = DefineConstructor(builder);
            for (var index = 0; index < grainInterface.Methods.Length; index++) DefineMethod(builder, grainInterface.Methods[index], index);
            return Creator(builder.CreateType(), create);
        }
    }

    private static ModuleBuilder CreateModule(out AssemblyBuilder assembly)
    {
        assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Bayou.GrainHost.Proxies"), AssemblyBuilderAccess.Run);
        return assembly.DefineDynamicModule("Proxies");
    }

    // Grain interfaces are often internal to their assembly.
    private static void Open(string assemblyName)
    {
        if (!s_opened.Add(assemblyName)) return;
        s_assembly.SetCustomAttribute(new CustomAttributeBuilder(
            typeof(System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!, [assemblyName]));
    }

    private static Type[] DefineConstructor(TypeBuilder builder)
    {
        Type[] parameters = [typeof(CallRuntime), typeof(GrainInterface), typeof(GrainId)];
        var il = builder.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(Any, parameters)!);
        il.Emit(OpCodes.Ret);
        return parameters;
    }

    private static void DefineMethod(TypeBuilder builder, GrainMethod method, int index)
    {
        var definition = builder.DefineMethod(
            $"{method.Method.DeclaringType!.FullName}.{method.Method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.Method.ReturnType, method.ParameterTypes);
        var il = definition.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, index);
        if (method.ParameterTypes.Length == 0)
        {
            il.Emit(OpCodes.Call, typeof(Array).GetMethod(nameof(Array.Empty))!.MakeGenericMethod(typeof(object)));
        }
        else
        {
            il.Emit(OpCodes.Ldc_I4, method.ParameterTypes.Length);
            il.Emit(OpCodes.Newarr, typeof(object));
            for (var argument = 0; argument < method.ParameterTypes.Length; argument++)
            {
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Ldc_I4, argument);
                il.Emit(OpCodes.Ldarg, (short)(argument + 1));
                if (method.ParameterTypes[argument].IsValueType) il.Emit(OpCodes.Box, method.ParameterTypes[argument]);
                il.Emit(OpCodes.Stelem_Ref);
            }
        }

        il.Emit(OpCodes.Call, Target(method));
        il.Emit(OpCodes.Ret);
        builder.DefineMethodOverride(definition, method.Method);
    }

    private static MethodInfo Target(GrainMethod method)
    {
        var type = method.Method.ReturnType;
        var name = type == typeof(void) ? nameof(GrainReference.CallOneWay)
            : type == typeof(Task) ? nameof(GrainReference.CallTask)
            : type == typeof(ValueTask) ? nameof(GrainReference.CallValueTask)
            : type.IsValueType ? nameof(GrainReference.CallValueTaskOf)
            : nameof(GrainReference.CallAsync);
        var target = typeof(GrainReference).GetMethod(name, Any)!;
        return target.IsGenericMethodDefinition ? target.MakeGenericMethod(method.ResultType) : target;
    }

    private static Func<CallRuntime, GrainInterface, GrainId, GrainReference> Creator(Type proxy, Type[] parameters)
    {
        var method = new DynamicMethod("Create", typeof(GrainReference), parameters, proxy.Module, true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Newobj, proxy.GetConstructor(parameters)!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<CallRuntime, GrainInterface, GrainId, GrainReference>>();
    }
}
