using System.Reflection;
using System.Reflection.Emit;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>One numbered member: reads it from an instance and sets it, whatever its accessibility.</summary>
internal abstract class ObjectMember
{
    public abstract void Write(WireWriter writer, object owner);

    public abstract void Read(WireReader reader, object owner);

    /// <param name="field">The field, or the one behind the property.</param>
    /// <param name="property">The property; with no field behind it, its accessors are used.</param>
    public static ObjectMember Create(FieldInfo? field, PropertyInfo? property)
    {
        if (field is null && property is not { GetMethod: not null, SetMethod: not null })
            throw new SerializerException($"{property!.DeclaringType}.{property.Name} has an [Id] but cannot be both read and set.");
        var type = field?.FieldType ?? property!.PropertyType;
        return (ObjectMember)Activator.CreateInstance(typeof(ObjectMember<>).MakeGenericType(type), Getter(field, property, type), Setter(field, property, type))!;
    }

    private static Delegate Getter(FieldInfo? field, PropertyInfo? property, Type type)
    {
        var owner = (field?.DeclaringType ?? property!.DeclaringType)!;
        var method = new DynamicMethod("Get", type, [typeof(object)], owner, true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(owner.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, owner);
        if (field is not null) il.Emit(OpCodes.Ldfld, field);
        else il.Emit(owner.IsValueType ? OpCodes.Call : OpCodes.Callvirt, property!.GetMethod!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(typeof(Func<,>).MakeGenericType(typeof(object), type));
    }

    private static Delegate Setter(FieldInfo? field, PropertyInfo? property, Type type)
    {
        var owner = (field?.DeclaringType ?? property!.DeclaringType)!;
        var method = new DynamicMethod("Set", null, [typeof(object), type], owner, true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(owner.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, owner);
        il.Emit(OpCodes.Ldarg_1);
        if (field is not null) il.Emit(OpCodes.Stfld, field);
        else il.Emit(owner.IsValueType ? OpCodes.Call : OpCodes.Callvirt, property!.SetMethod!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate(typeof(Action<,>).MakeGenericType(typeof(object), type));
    }
}
