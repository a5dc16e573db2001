-- HAPI has PostgreSQL keep the 10,000 commonest values of these columns. Every plan of a search that follows references reads them,
-- which is most of what planning one costs (docs/performance.md). Beyond the 200 commonest, a target is estimated by the average.

ALTER TABLE public.hfj_res_link
    ALTER COLUMN src_resource_id    SET STATISTICS 200,
    ALTER COLUMN target_resource_id SET STATISTICS 200,
    ALTER COLUMN src_path           SET STATISTICS 200;

ANALYZE public.hfj_res_link;
