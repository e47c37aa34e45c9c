-- Of protected KPIs, drop the changes that managers may not be told: they rest on figures that are kept back from them.
delete from changes
where
    kpi in (select unnest($protected))
    and kpi not in (
        select managed.kpi
        from managed
        where managed.level = 'changes'
    )
